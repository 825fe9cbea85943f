package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Retention;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In which order pages are told. */
@Timeout(30)
class PushesTest {
    @TempDir
    private Path data;

    private final StillFleet fleet = new StillFleet();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);

    /** Takes its time. */
    private JsonObject slowly(Member member) {
        writing.countDown();
        try {
            assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return NodeSummary.of(member);
    }

    @Test
    void a_node_that_ends_while_its_status_is_written_down_does_not_come_back_to_life() throws Exception {
        Member live = fleet.add("a", 7001, "{}");
        Member gone =
                new Member(live.id(), "a", live.home(), Member.State.GONE, live.since(), live.seen(), live.status());
        fleet.members.clear();
        try (History history = new History(data, Retention.USUAL, Clock.systemUTC());
                Pushes pushes = new Pushes(fleet, history.past(), this::slowly);
                PipedOutputStream out = new PipedOutputStream();
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(new PipedInputStream(out, 1 << 16), StandardCharsets.UTF_8))) {
            Thread page = Thread.ofVirtual().start(() -> listen(pushes, out));
            assertThat(event(in)).isEqualTo("nodes");
            pushes.push(live);
            assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();

            Thread ending = Thread.ofPlatform().start(() -> pushes.push(gone));
            // Told already, or waiting for its turn.
            await(() -> Set.of(Thread.State.TERMINATED, Thread.State.BLOCKED, Thread.State.WAITING)
                    .contains(ending.getState()));
            written.countDown();

            List<String> told = new ArrayList<>(List.of(event(in), event(in)));
            assertThat(told).containsExactly("nodes", "gone");
            assertThat(page.isAlive()).isTrue();
        }
    }

    @Test
    void a_page_that_comes_while_it_closes_is_told_that_the_observer_ends() {
        try (History history = new History(data, Retention.USUAL, Clock.systemUTC())) {
            Pushes pushes = new Pushes(fleet, history.past());
            pushes.close();
            assertThatThrownBy(() -> pushes.answer(StillRequest.PLAIN)).hasMessage("the observer ends");
        }
    }

    private static void listen(Pushes pushes, OutputStream out) {
        try {
            pushes.answer(StillRequest.PLAIN).body().writeTo(out);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String event(BufferedReader in) throws Exception {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("event: ")) {
                return line.substring("event: ".length());
            }
        }
        throw new AssertionError("the stream ended");
    }

    private static void await(BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
