package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Member.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that are slow, and what of their events is lost. */
@Timeout(60)
class OutboxTest {
    private static final FleetSettings OFTEN = new FleetSettings(2, 100);

    @TempDir
    private Path directory;

    private final AtomicLong dropped = new AtomicLong();
    private final Held listener = new Held();

    /** A listener that stands still until it is released. */
    private static final class Held implements Fleet.Listener {
        final CountDownLatch called = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final List<Happening> heard = new CopyOnWriteArrayList<>();
        volatile String last = "none";

        @Override
        public void happened(Happening happening) {
            called.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.add(happening);
        }

        @Override
        public void changed(Member member) {
            last = member.name();
        }
    }

    private Outbox held() throws InterruptedException {
        return held(Outbox.ROOM_MS);
    }

    private Outbox held(long roomMs) throws InterruptedException {
        Outbox outbox = new Outbox(listener, InstantSource.system(), dropped::addAndGet, roomMs);
        outbox.happened(happening("first"));
        assertThat(listener.called.await(10, TimeUnit.SECONDS)).isTrue();
        return outbox;
    }

    private static Happening happening(String sentence) {
        return new Happening(Instant.EPOCH, "trace", "", "", "", sentence, new JsonObject());
    }

    private static Member member(String name) {
        NodeId id = NodeId.parse("127.0.0.1:7001");
        return new Member(id, name, "one", State.LIVE, Instant.EPOCH, Instant.EPOCH, new JsonObject());
    }

    @Test
    void a_slow_listener_misses_happenings_but_no_member_and_is_told_how_many() throws Exception {
        try (Outbox outbox = held()) {
            for (int i = 0; i < 3 * Outbox.MOST_HAPPENINGS; i++) {
                outbox.happened(happening("more"));
                outbox.changed(member("name " + i));
            }
            assertThat(dropped).hasValue(2 * Outbox.MOST_HAPPENINGS);
            listener.release.countDown();
            Await.until("what was kept is told", () -> listener.heard.size() == 2 + Outbox.MOST_HAPPENINGS);
            assertThat(listener.last).isEqualTo("name " + (3 * Outbox.MOST_HAPPENINGS - 1));
            assertThat(listener.heard.getLast().kind()).isEqualTo("log.omitted");
            assertThat(listener.heard.getLast().sentence()).contains("20000 lines are not here");
            assertThat(listener.heard.getLast().detail().get("count").getAsLong())
                    .isEqualTo(20_000);
        }
    }

    @Test
    void what_a_container_says_waits_for_room_and_is_not_lost() throws Exception {
        int all = 2 * Outbox.MOST_HEARD;
        AtomicLong told = new AtomicLong();
        try (Outbox outbox = held(60_000)) {
            Thread saying = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < all; i++) {
                    outbox.heard(happening("event " + i), told::incrementAndGet);
                }
            });
            Await.until("it waits", () -> saying.getState() == Thread.State.TIMED_WAITING);
            outbox.happened(happening("what the observer itself has seen does not wait"));
            assertThat(told).hasValue(0);

            listener.release.countDown();

            Await.until("all was told", () -> told.get() == all);
            assertThat(dropped).hasValue(0);
            assertThat(listener.heard).hasSize(all + 2);
            saying.join();
        }
    }

    @Test
    void who_stands_still_for_ever_holds_nobody_up_for_ever() throws Exception {
        try (Outbox outbox = held()) {
            long began = System.nanoTime();
            for (int i = 0; i < Outbox.MOST_HEARD + 1000; i++) {
                outbox.heard(happening("event"), () -> {});
            }
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertThat(tookMs).isBetween(Outbox.ROOM_MS - 1L, Outbox.ROOM_MS + 3000L);
            assertThat(dropped).hasValue(1000);
            listener.release.countDown();
        }
    }

    @Test
    void what_was_heard_before_an_orderly_end_is_handed_over_and_what_was_not_is_said_again() throws Exception {
        Optional<Path> marks = Optional.of(directory.resolve("marks.json"));
        Thread closing;
        try (Switchboard board = new Switchboard(OFTEN, marks);
                Reception reception =
                        Reception.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), board);
                AutoCloseable listening = board.listen(listener);
                Caller caller = Caller.dial(reception.listens(), "one", command -> new JsonObject())) {
            assertThat(listening).isNotNull();
            for (int i = 1; i <= 500; i++) {
                caller.event(i, "trace");
            }
            caller.boot("127.0.0.1:7001", "a"); // answered: all before was taken
            closing = Thread.ofPlatform().start(board::close);
            Await.until(
                    "the lines end", () -> !closing.isAlive() || board.homes().isEmpty());
            listener.release.countDown();
            closing.join();

            assertThat(listener.heard)
                    .filteredOn(happening -> happening.kind().equals("trace"))
                    .hasSize(500);
            assertThat(listener.heard).noneMatch(happening -> happening.kind().equals("node.lost"));
            assertThat(Files.readString(marks.get())).isEqualTo("{\"one\":500}");
        }
    }

    @Test
    void the_mark_does_not_move_before_an_event_was_handed_over() throws Exception {
        Path file = directory.resolve("marks.json");
        try (EventMarks marks = new EventMarks(Optional.of(file))) {
            assertThat(marks.isNew("one", 1)).isTrue();
            assertThat(marks.isNew("one", 2)).isTrue();
            marks.told("one", 1);
            marks.save();
            assertThat(file).doesNotExist(); // who was told has a second to keep it
            marks.save();
            assertThat(Files.readString(file)).isEqualTo("{\"one\":1}");
            assertThat(marks.last("one")).isEqualTo(2);
            assertThat(marks.isNew("one", 2)).isFalse();
        }
        try (EventMarks again = new EventMarks(Optional.of(file))) {
            assertThat(again.last("one")).isEqualTo(1);
        }
    }
}
