package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.api.container.RefusedException;
import ioverlay.observer.fleet.Member.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a line, an observer, a slow listener. */
class FleetTest {
    private static final String A = "127.0.0.1:7001";
    private static final FleetSettings OFTEN = new FleetSettings(2, 100);

    @TempDir
    private Path directory;

    private static Reception open(Switchboard board) throws IOException {
        return Reception.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), board);
    }

    private static JsonObject have(long bytes) {
        JsonObject have = new JsonObject();
        have.addProperty("have", bytes);
        return have;
    }

    @Test
    void events_are_heard_once_also_by_an_observer_that_was_restarted() throws Exception {
        Optional<Path> marks = Optional.of(directory.resolve("marks.json"));
        BlockingQueue<Happening> heard = new LinkedBlockingQueue<>();
        Fleet.Listener listener = new Fleet.Listener() {
            @Override
            public void happened(Happening happening) {
                heard.add(happening);
            }
        };
        try (Switchboard board = new Switchboard(OFTEN, marks);
                Reception reception = open(board);
                AutoCloseable listening = board.listen(listener);
                Caller caller = Caller.dial(reception.listens(), "one", command -> new JsonObject())) {
            assertThat(listening).isNotNull();
            assertThat(caller.heardUpTo).isZero();
            caller.event(1, "trace");
            caller.event(2, "trace");
            caller.event(2, "trace");
            caller.event(3, "link.up");
            Await.until("all are heard", () -> heard.size() == 3);
            assertThat(heard.take().sentence()).isEqualTo("event 1");
            assertThat(heard.take().detail().get("container").getAsString()).isEqualTo("one");
        }
        try (Switchboard board = new Switchboard(OFTEN, marks);
                Reception reception = open(board);
                Caller same = Caller.dial(reception.listens(), "one", command -> new JsonObject());
                Caller other = Caller.dial(reception.listens(), "two", command -> new JsonObject())) {
            assertThat(same.heardUpTo).isEqualTo(3);
            assertThat(other.heardUpTo).isZero();
        }
    }

    @Test
    void a_container_that_comes_back_has_its_nodes_live_again_and_one_that_was_restarted_takes_them_over()
            throws Exception {
        List<State> states = new CopyOnWriteArrayList<>();
        Fleet.Listener listener = new Fleet.Listener() {
            @Override
            public void changed(Member member) {
                if (states.isEmpty() || states.getLast() != member.state()) {
                    states.add(member.state());
                }
            }
        };
        try (Switchboard board = new Switchboard(OFTEN, Optional.empty());
                Reception reception = open(board);
                AutoCloseable listening = board.listen(listener)) {
            assertThat(listening).isNotNull();
            Caller first = Caller.dial(reception.listens(), "one", command -> new JsonObject());
            first.boot(A, "a");
            Instant since = board.member("a").orElseThrow().since();
            Await.until("it is live", () -> states.equals(List.of(State.LIVE)));
            first.hangUp();
            Await.until("it is lost", () -> states.equals(List.of(State.LIVE, State.LOST)));
            Caller again = Caller.dial(reception.listens(), "one", command -> new JsonObject());
            again.boot(A, "a");
            Await.until("it is back", () -> states.equals(List.of(State.LIVE, State.LOST, State.LIVE)));
            assertThat(board.member("a").orElseThrow().since()).isEqualTo(since);

            again.hangUp();
            Await.until("the old line is gone", () -> board.homes().isEmpty());
            Caller restarted = Caller.dial(reception.listens(), "two", command -> new JsonObject());
            restarted.boot(A, "a");
            assertThat(board.member(A).orElseThrow().state()).isEqualTo(State.LIVE);
            assertThat(board.member(A).orElseThrow().home()).isEqualTo("two");
            restarted.hangUp();
        }
    }

    @Test
    void who_was_lost_is_forgotten_after_ten_minutes() throws Exception {
        AtomicLong now = new AtomicLong();
        try (Switchboard board = new Switchboard(
                        OFTEN,
                        Optional.empty(),
                        InstantSource.fixed(Instant.EPOCH), // whatever people do to the clock
                        now::get,
                        RandomGenerator.of("SplittableRandom"));
                Reception reception = open(board)) {
            Caller caller = Caller.dial(reception.listens(), "one", command -> new JsonObject());
            caller.boot(A, "a");
            caller.hangUp();
            Await.until("it is lost", () -> board.member("a").orElseThrow().state() == State.LOST);
            now.addAndGet(Roll.LOST_KEPT.toNanos());
            assertThat(board.member("a")).isPresent();
            now.addAndGet(1_000_000);
            Await.until("it is forgotten", () -> board.members().isEmpty());
        }
    }

    @Test
    void the_interval_grows_with_the_number_of_nodes() {
        FleetSettings adaptive = FleetSettings.STANDARD;
        assertThat(adaptive.pollMillis(12)).isEqualTo(1000);
        assertThat(adaptive.pollMillis(50)).isEqualTo(1000);
        assertThat(adaptive.pollMillis(200)).isEqualTo(2000);
        assertThat(adaptive.pollMillis(1000)).isBetween(7000, 8000);
        assertThat(adaptive.pollMillis(100_000)).isEqualTo(30_000);
        assertThat(new FleetSettings(8, 250).pollMillis(1000)).isEqualTo(250);
        assertThatThrownBy(() -> new FleetSettings(8, 50)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> new FleetSettings(1001, 0)).hasMessageContaining("0 to 1000 hosts");
    }

    @Test
    void a_bundle_goes_on_where_a_broken_line_left_it() throws Exception {
        byte[] bytes = new byte[5_000_000];
        new Random(1).nextBytes(bytes);
        Path bundle = Files.write(directory.resolve("x.jar"), bytes);
        try (Switchboard board = new Switchboard(OFTEN, Optional.empty());
                Reception reception = open(board)) {
            Caller first = Caller.dial(reception.listens(), "one", command -> have(0));
            first.breaksAfter = 200_000;
            CompletableFuture<JsonElement> brought = board.bring("one", bundle, "sha", "my.bundle 1.2.3", "test");
            CompletableFuture<JsonElement> same = board.bring("one", bundle, "sha", "my.bundle 1.2.3", "test");
            Await.until("the line broke", () -> board.homes().isEmpty());
            assertThat(first.received()).hasSizeBetween(200_001, 200_000 + Frame.MAX_PAYLOAD);
            int have = 123_456;
            Caller second = Caller.dial(reception.listens(), "one", command -> {
                return command.get("do").getAsString().equals("receive") ? have(have) : new JsonObject();
            });

            assertThat(brought.get(10, TimeUnit.SECONDS)).isEqualTo(new JsonObject());
            assertThat(same.get(10, TimeUnit.SECONDS)).isEqualTo(new JsonObject());

            assertThat(second.commands)
                    .extracting(command -> command.get("do").getAsString())
                    .containsExactly("receive", "add");
            assertThat(second.commands.peek().get("bytes").getAsInt()).isEqualTo(bytes.length);
            assertThat(second.received()).isEqualTo(Arrays.copyOfRange(bytes, have, bytes.length));
            second.hangUp();
        }
    }

    @Test
    void what_a_container_refuses_is_not_brought_again() throws Exception {
        Path bundle = Files.write(directory.resolve("x.jar"), new byte[10]);
        try (Switchboard board = new Switchboard(OFTEN, Optional.empty());
                Reception reception = open(board);
                Caller caller = Caller.dial(reception.listens(), "one", FleetTest::refuse)) {
            BlockingQueue<Happening> heard = new LinkedBlockingQueue<>();
            Fleet.Listener listener = new Fleet.Listener() {
                @Override
                public void happened(Happening happening) {
                    if (happening.sentence().startsWith("bundle")) {
                        heard.add(happening);
                    }
                }
            };
            assertThat(board.listen(listener)).isNotNull(); // until the board is closed
            String digest = "0123456789abcdef".repeat(4);
            assertThatThrownBy(() -> board.bring("one", bundle, digest, "my.bundle 1.2.3", "test")
                            .get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("another digest")
                    .satisfies(failure -> assertThat(Refusal.of(failure)).isEqualTo(Refusal.REFUSED));
            assertThat(caller.commands).hasSize(2);
            assertThat(heard.poll(10, TimeUnit.SECONDS))
                    .extracting(Happening::sentence)
                    .isEqualTo(
                            "bundle my.bundle 1.2.3 (SHA-256 0123456789ab…) to container one: refused, another digest");
            assertThatThrownBy(() -> board.bring("two", bundle, "sha", "my.bundle 1.2.3", "test")
                            .get(10, TimeUnit.SECONDS))
                    .satisfies(failure -> assertThat(Refusal.of(failure)).isEqualTo(Refusal.UNREACHABLE));
        }
    }

    @Test
    void what_is_to_be_brought_when_the_observer_ends_is_not_brought() throws Exception {
        Path bundle = Files.write(directory.resolve("x.jar"), new byte[10]);
        Switchboard board = new Switchboard(OFTEN, Optional.empty());
        try (board;
                Reception reception = open(board);
                Caller caller = Caller.dial(reception.listens(), "one", FleetTest::refuse)) {
            caller.silent = true;
            CompletableFuture<JsonElement> early = board.bring("one", bundle, "sha", "my.bundle 1.2.3", "test");
            board.close();
            CompletableFuture<JsonElement> late = board.bring("one", bundle, "sha", "my.bundle 1.2.3", "test");
            assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS)).hasMessageContaining("the observer ends");
            for (CompletableFuture<JsonElement> answer : List.of(early, late)) {
                assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                        .satisfies(failure -> assertThat(Refusal.of(failure)).isEqualTo(Refusal.UNREACHABLE));
            }
        }
    }

    private static JsonElement refuse(JsonObject command) {
        if (command.get("do").getAsString().equals("add")) {
            throw new RefusedException("another digest");
        }
        return have(0);
    }
}
