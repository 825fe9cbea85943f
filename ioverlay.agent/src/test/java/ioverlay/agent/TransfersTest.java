package ioverlay.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import ioverlay.agent.line.Opening;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles on their way in, over a real socket. */
class TransfersTest {
    private static final int CHUNK = 64 << 10;

    @TempDir
    private Path directory;

    private final FakeContainer container = new FakeContainer();
    private final Operator operator;
    private final byte[] bundle = new byte[300_000];
    private Agent agent;

    @SuppressWarnings("NullAway.Init") // the agent is there before each test
    TransfersTest() throws IOException {
        operator = new Operator();
        new Random(1).nextBytes(bundle);
    }

    @BeforeEach
    void begin() {
        agent = new Agent(
                container.services(),
                Opening.of("run-1", "host", 7, "25", "now"),
                Optional.of(operator.address()),
                directory.resolve("transfers"));
        Await.until("there is a line", () -> !operator.openings.isEmpty());
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        operator.close();
    }

    private static String receive(String sha256, int bytes) {
        return "{\"do\":\"receive\",\"sha256\":\"" + sha256 + "\",\"bytes\":" + bytes + "}";
    }

    private static String add(String sha256) {
        return "{\"do\":\"add\",\"sha256\":\"" + sha256 + "\"}";
    }

    private int begin(String sha256, int bytes, int have) throws Exception {
        int id = operator.send(receive(sha256, bytes));
        assertThat(operator.answer(id).getAsJsonObject("result").get("have").getAsInt())
                .isEqualTo(have);
        return id;
    }

    private void send(int id, int from, int to) throws IOException {
        for (int at = from; at < to; at += CHUNK) {
            operator.chunk(id, at, Arrays.copyOfRange(bundle, at, Math.min(to, at + CHUNK)));
        }
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("transfers"))) {
            return all.count();
        }
    }

    @Test
    void a_bundle_whose_line_broke_goes_on_where_it_stopped_and_is_added_once_whole() throws Exception {
        String sha256 = FakeContainer.sha256(bundle);
        int id = begin(sha256, bundle.length, 0);
        send(id, 0, 2 * CHUNK);
        assertThat(operator.refused(add(sha256)))
                .isEqualTo("of the bundle " + sha256 + " only 131072 of 300000 bytes are here");
        operator.openings.clear();
        operator.hangUp();
        Await.until("the container is back", () -> !operator.openings.isEmpty());

        send(begin(sha256, bundle.length, 2 * CHUNK), 2 * CHUNK, bundle.length);
        assertThat(operator.ask(add(sha256)).toString()).contains("\"name\":\"relay\"", sha256);

        assertThat(container.bundles.get(sha256)).isEqualTo(bundle);
        assertThat(files()).isZero();
        begin(sha256, bundle.length, bundle.length); // it is there already
        assertThat(operator.ask(add(sha256)).toString()).contains(sha256);
    }

    @Test
    void bytes_of_another_digest_are_refused_and_given_up() throws Exception {
        String promised = FakeContainer.sha256(new byte[] {1});
        send(begin(promised, bundle.length, 0), 0, bundle.length);

        assertThat(operator.refused(add(promised)))
                .isEqualTo("the bundle's digest is " + FakeContainer.sha256(bundle) + " and not " + promised);

        assertThat(container.bundles).isEmpty();
        assertThat(files()).isZero();
        begin(promised, bundle.length, 0);
    }

    @Test
    void what_is_too_much_or_out_of_place_is_left_out() throws Exception {
        String sha256 = FakeContainer.sha256(bundle);
        int id = begin(sha256, 1000, 0);
        operator.chunk(id, 0, new byte[1001]);
        operator.chunk(id, 500, new byte[100]);
        operator.chunk(id, -1, new byte[100]);
        operator.chunk(99, 0, new byte[100]);

        assertThat(operator.refused(add(sha256))).contains("only 0 of 1000 bytes");
        assertThat(operator.refused(receive(sha256, (64 << 20) + 1))).contains("is a whole number from 1 to 67108864");
        assertThat(operator.refused(receive(sha256, 0))).contains("is a whole number from 1");
        assertThat(operator.refused(add("0".repeat(64)))).contains("nothing is here");
    }

    @Test
    void at_most_eight_are_on_their_way() throws Exception {
        for (int i = 0; i < Transfers.MOST; i++) {
            begin(FakeContainer.sha256(new byte[] {(byte) i}), 10, 0);
        }
        assertThat(operator.refused(receive(FakeContainer.sha256(bundle), 10)))
                .isEqualTo("at most 8 bundles are brought at a time; try again");
        assertThat(files()).isEqualTo(8);
    }

    @Test
    void what_the_disk_does_not_take_is_refused_with_its_reason_and_begins_anew() throws Exception {
        String sha256 = FakeContainer.sha256(bundle);
        int id = begin(sha256, bundle.length, 0);
        Path part = directory.resolve("transfers").resolve(sha256 + ".part");
        Files.delete(part);
        Files.createSymbolicLink(part, Path.of("/dev/full"));
        send(id, 0, bundle.length);
        assertThat(operator.refused(add(sha256))).contains("cannot be written", "No space left on device");
        assertThat(files()).isZero();

        send(begin(sha256, bundle.length, 0), 0, bundle.length);
        assertThat(operator.ask(add(sha256)).toString()).contains(sha256);
    }

    @Test
    void two_observers_that_bring_the_same_bundle_bring_it_together() throws Exception {
        String sha256 = FakeContainer.sha256(bundle);
        try (Operator other = new Operator()) {
            container.with("c", 7003, Optional.of(other.address()), 0);
            Await.until("it has a line", () -> other.registered().size() == 1);
            int here = begin(sha256, bundle.length, 0);
            int there = other.send(receive(sha256, bundle.length));
            other.answer(there);
            for (int at = 0; at < bundle.length; at += CHUNK) {
                byte[] part = Arrays.copyOfRange(bundle, at, Math.min(bundle.length, at + CHUNK));
                operator.chunk(here, at, part);
                other.chunk(there, at, part);
            }
            int added = operator.send(add(sha256));
            int addedToo = other.send(add(sha256));
            assertThat(operator.answer(added).toString()).contains("result", sha256);
            assertThat(other.answer(addedToo).toString()).contains("result", sha256);
            assertThat(container.bundles.get(sha256)).isEqualTo(bundle);
            assertThat(files()).isZero();
        }
    }

    @Test
    void what_nobody_brings_on_is_given_up_and_what_a_kill_left_is_removed() throws Exception {
        Path left = Files.createDirectories(directory.resolve("own")).resolve("0".repeat(64) + ".part");
        Files.writeString(left, "half of it");
        try (Transfers transfers = new Transfers(container, directory.resolve("own"), 50)) {
            assertThat(left).doesNotExist();
            Transfer transfer = begunAndHeld(transfers);
            transfer.add(0, new byte[5]);
            Path part = directory.resolve("own").resolve("1".repeat(64) + ".part");
            assertThat(part).hasSize(5);
            transfer.adding.unlock();

            Await.until("it is given up", () -> !Files.exists(part));

            assertThat(transfers
                            .receive(demand("1".repeat(64), 10))
                            .orElseThrow()
                            .have())
                    .isZero();
        }
    }

    /** One that is not given up before its lock is, however long this takes. */
    @SuppressWarnings("LockNotBeforeTry") // the caller gives it up
    private static Transfer begunAndHeld(Transfers transfers) {
        Demand demand = demand("1".repeat(64), 10);
        while (true) {
            Transfer transfer = transfers.receive(demand).orElseThrow();
            transfer.adding.lock();
            if (transfers.receive(demand).orElseThrow().equals(transfer)) {
                return transfer;
            }
            transfer.adding.unlock(); // its time had come before
        }
    }

    private static Demand demand(String sha256, int bytes) {
        return new Demand(
                "a test",
                JsonParser.parseString("{\"sha256\":\"" + sha256 + "\",\"bytes\":" + bytes + "}")
                        .getAsJsonObject());
    }

    @Test
    void one_that_has_ended_leaves_the_file_to_the_next_of_the_same_digest() throws Exception {
        String sha256 = FakeContainer.sha256(bundle);
        Path part = directory.resolve("own").resolve(sha256 + ".part");
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Repository slow = (Repository) Proxy.newProxyInstance(
                Repository.class.getClassLoader(), new Class<?>[] {Repository.class}, (self, method, arguments) -> {
                    if (method.getName().equals("add")) {
                        meanwhile.get().run();
                        throw new RefusedException("it is not taken");
                    }
                    return method.invoke(container, arguments);
                });
        try (Transfers transfers = new Transfers(slow, directory.resolve("own"), 60_000)) {
            transfers.receive(demand(sha256, 5)).orElseThrow().add(0, new byte[5]);
            AtomicReference<Transfer> next = new AtomicReference<>();
            meanwhile.set(() -> {
                next.set(transfers.receive(demand(sha256, 10)).orElseThrow());
                next.get().add(0, new byte[7]);
            });

            assertThatThrownBy(() -> transfers.add(demand(sha256, 5))).hasMessage("it is not taken");

            assertThat(part).hasSize(7);
            next.get().add(7, new byte[3]);
            assertThat(next.get().whole()).hasSize(10);
        }
    }

    @Test
    void one_that_was_just_asked_for_when_its_time_came_is_given_up_later() throws Exception {
        try (Transfers transfers = new Transfers(container, directory.resolve("own"), 20)) {
            Transfer transfer = begunAndHeld(transfers);
            Path part = directory.resolve("own").resolve("1".repeat(64) + ".part");
            try {
                Await.until("its time has come", () -> transfer.idleNs() > TimeUnit.MILLISECONDS.toNanos(100));
                assertThat(part).exists();
            } finally {
                transfer.adding.unlock();
            }
            Await.until("it is given up", () -> !Files.exists(part));
        }
    }
}
