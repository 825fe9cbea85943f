package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import ioverlay.observer.fleet.Member.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever comes where somebody is already. */
@Timeout(60)
class AdmissionTest {
    private static final String A = "127.0.0.1:7001";
    private static final String B = "127.0.0.1:7002";

    private final Switchboard board = new Switchboard(new FleetSettings(2, 100), Optional.empty());
    private final Reception reception;

    AdmissionTest() throws IOException {
        reception = Reception.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), board);
    }

    @AfterEach
    void close() {
        board.close();
        reception.close();
    }

    private Caller caller(String container) throws IOException {
        return Caller.dial(reception.listens(), container, command -> new JsonObject());
    }

    private Member member(String node) {
        return board.member(node).orElseThrow();
    }

    @Test
    void a_node_that_is_live_in_one_container_is_not_taken_over_by_another() throws Exception {
        try (Caller one = caller("one");
                Caller two = caller("two")) {
            one.boot(A, "a");

            assertThatThrownBy(() -> two.boot(A, "thief"))
                    .hasMessage("node 127.0.0.1:7001 is live in another container, 'one' as a");

            assertThat(member(A).home()).isEqualTo("one");
            assertThat(member(A).name()).isEqualTo("a");
            assertThat(board.homes()).hasSize(2);
            assertThat(board.counts().refused()).isEqualTo(1);
            two.gone(A);
            two.boot(B, "b");
            assertThat(member(A).state()).isEqualTo(State.LIVE);

            one.gone(A);
            two.boot(A, "heir");
            assertThat(member(A).home()).isEqualTo("two");
        }
    }

    @Test
    void a_container_whose_id_has_a_line_that_is_alive_is_turned_away() throws Exception {
        try (Caller one = caller("one")) {
            one.boot(A, "a");

            assertThatThrownBy(() -> caller("one"))
                    .hasMessageContaining("the container 'one' has a line already, of process 1 at host")
                    .hasMessageContaining("try again");

            one.boot(B, "b");
            assertThat(member(A).state()).isEqualTo(State.LIVE);
            one.hangUp();
            Await.until("its line has ended", () -> board.homes().isEmpty());
            try (Caller again = caller("one")) {
                again.boot(A, "a");
            }
        }
    }

    @Test
    void who_does_not_answer_any_more_loses_its_place_within_seconds() throws Exception {
        try (Caller dead = caller("dead");
                Caller halfOpen = caller("same")) {
            dead.boot(A, "a");
            dead.boot("127.0.0.1:7003", "c");
            halfOpen.boot(B, "b");
            dead.silent = true;
            halfOpen.silent = true;
            long began = System.nanoTime();

            Thread redialled = Thread.ofVirtual().start(() -> {
                try (Caller same = caller("same")) {
                    same.boot(B, "b again");
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            try (Caller restarted = caller("restarted")) {
                restarted.boot(A, "a");
                redialled.join();

                assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(4));
                assertThat(member(A).home()).isEqualTo("restarted");
                assertThat(member(B).name()).isEqualTo("b again");
                Await.until(
                        "its others are lost", () -> member("127.0.0.1:7003").state() == State.LOST);
                assertThat(member(A).state()).isEqualTo(State.LIVE);
            }
        }
    }

    @Test
    void a_container_without_nodes_is_asked_too_and_bytes_and_answers_are_counted() throws Exception {
        try (Caller one = caller("one")) {
            assertThat(one.heardUpTo).isZero();
            Await.until("it was asked, one question at a time", () -> {
                FleetCounts now = board.counts();
                assertThat(now.polls()).isGreaterThanOrEqualTo(now.answered());
                return now.answered() > 1 && now.polls() <= now.answered() + 1;
            });
            FleetCounts counts = board.counts();
            assertThat(counts.bytesIn()).isGreaterThan(100);
            assertThat(counts.bytesOut()).isGreaterThan(100);
            assertThat(counts.late()).isZero();
        }
    }

    @Test
    void a_container_whose_events_wait_for_two_slow_listeners_keeps_its_place() throws Exception {
        CountDownLatch called = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        Fleet.Listener slow = new Fleet.Listener() {
            @Override
            public void happened(Happening happening) {
                called.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void changed(Member member) {}
        };
        try (AutoCloseable first = board.listen(slow);
                AutoCloseable second = board.listen(slow);
                Caller one = caller("one")) {
            assertThat(List.of(first, second)).doesNotContainNull();
            one.event(1, "trace");
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < Outbox.MOST_HEARD; i++) {
                one.event(2 + i, "trace");
            }
            one.event(2 + Outbox.MOST_HEARD, "trace"); // waits for room, and all that is said after it
            Await.until("that is read", () -> board.counts().bytesIn() > one.said + 24L * (2 + Outbox.MOST_HEARD));

            assertThatThrownBy(() -> caller("one")).hasMessageContaining("and answers on it; try again");

            release.countDown();
        }
    }

    @Test
    void a_line_that_has_no_room_for_the_question_is_alive_until_it_ends() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Socket deaf = new Socket(server.getInetAddress(), server.getLocalPort());
                Line line = Line.over(server.accept())) {
            assertThat(deaf.isConnected()).isTrue();
            Opening opening = Opening.of("one", "host", 1, "25", "now");
            Trunk trunk = new Trunk(opening, line, Instant.EPOCH);
            AtomicInteger fullFor = new AtomicInteger();
            Await.until("nothing more leaves for a tenth of a second", () -> {
                fullFor.set(fills(line, Frame.MAX_PAYLOAD) + fills(line, 1) > 0 ? 0 : fullFor.get() + 1);
                return fullFor.get() == 50;
            });

            assertThat(trunk.isThere().join()).isTrue();

            trunk.end("the test is over");
            assertThat(trunk.isThere().join()).isFalse();
        }
    }

    private static int fills(Line line, int bytes) {
        Frame frame = new Frame(LineType.CHUNK, 1, 0, new byte[bytes]);
        int taken = 0;
        while (line.offer(frame)) {
            taken++;
        }
        return taken;
    }
}
