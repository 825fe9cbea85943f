package ioverlay.observer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Happening;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a while, does not force what it took, or hangs. */
@Timeout(60)
class DiskTest {
    @TempDir
    private Path data;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final Logger logger = Logger.getLogger(Writer.class.getName());
    private final Handler hearing = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void insert() {
        FaultyDisk.insert();
        logger.addHandler(hearing);
    }

    @AfterEach
    void mend() {
        FaultyDisk.insert();
        logger.removeHandler(hearing);
    }

    private History open(long limitMs) {
        Database database = new Database("faulty:", data.resolve("history"), limitMs);
        return new History(database, Retention.USUAL, Clock.systemUTC(), System::nanoTime);
    }

    private static JsonObject version(int number) {
        JsonObject document = new JsonObject();
        document.addProperty("version", number);
        return document;
    }

    private static Throwable put(History history, String id, int version) {
        return catchThrowable(() -> history.documents().put("rollout", id, version(version)));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static List<Long> numbers(History history) {
        return history.past().after(0, 1000).stream().map(LogLine::number).toList();
    }

    @Test
    void after_a_full_disk_it_is_written_again_by_itself_and_nothing_that_found_room_is_missing() throws Exception {
        try (History history = open(5000)) {
            history.add(HistoryTest.happening("x", "before"));
            history.documents().put("rollout", "1", version(1));
            FaultyDisk.full = true;
            history.add(HistoryTest.happening("x", "just before it is noticed"));
            assertThat(put(history, "1", 2))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("No space left on device");
            history.add(HistoryTest.happening("x", "meanwhile"));

            long start = System.nanoTime();
            assertThat(put(history, "1", 3)).hasMessageStartingWith("the history cannot be written");
            assertThat(System.nanoTime() - start).as("refused at once").isLessThan(1_000_000_000L);
            assertThat(numbers(history)).as("what is in the file is read").contains(1L);

            FaultyDisk.full = false;
            await(() -> put(history, "1", 4) == null);
            assertThat(numbers(history)).containsExactly(1L, 2L, 3L);
            assertThat(history.documents().get("rollout", "1")).contains(version(4));
            assertThat(history.dropped()).isZero();
            assertThat(said.stream().filter(line -> line.startsWith("WARNING"))).hasSize(1);
            assertThat(said.stream().filter(line -> line.startsWith("INFO"))).hasSize(1);
        }
        try (History history = open(5000)) {
            assertThat(numbers(history)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void what_does_not_fit_into_the_memory_while_the_disk_is_full_is_dropped_and_counted() throws Exception {
        JsonObject detail = new JsonObject();
        detail.addProperty("long", "x".repeat(60_000));
        try (History history = open(5000)) {
            FaultyDisk.full = true;
            assertThat(put(history, "1", 1)).isNotNull();
            int lines = 400;
            for (int i = 0; i < lines; i++) {
                Happening it = HistoryTest.happening("x", "line");
                history.add(new Happening(it.time(), "x", "", "", "", "line", detail));
            }
            long dropped = history.dropped();
            // Each holds about 120 kB; 32 MB are taken.
            assertThat(dropped).isBetween(100L, 160L);
            FaultyDisk.full = false;
            await(() -> put(history, "1", 1) == null);
            assertThat(numbers(history)).hasSize((int) (lines - dropped));
        }
    }

    @Test
    void a_document_whose_put_failed_does_not_come_later_though_the_disk_had_taken_it() throws Exception {
        try (History history = open(5000)) {
            history.documents().put("rollout", "1", version(1));
            FaultyDisk.unforced = true;
            assertThat(put(history, "1", 2)).isInstanceOf(HistoryException.class);
            assertThatThrownBy(() -> history.documents().list("rollout"))
                    .as("nobody sees it meanwhile")
                    .hasMessageContaining("to be taken back first");
            FaultyDisk.unforced = false;
            await(() -> catchThrowable(() -> history.documents().list("rollout")) == null);
            assertThat(history.documents().list("rollout")).containsExactly(version(1));

            FaultyDisk.unforced = true;
            assertThat(put(history, "2", 1)).isInstanceOf(HistoryException.class);
            FaultyDisk.unforced = false;
            await(() -> catchThrowable(() -> history.documents().list("rollout")) == null);
            assertThat(history.documents().get("rollout", "2")).isEmpty();
        }
        try (History history = open(5000)) {
            assertThat(history.documents().list("rollout")).containsExactly(version(1));
        }
    }

    @Test
    void a_put_that_gave_up_is_not_there_after_the_disk_hung_whether_it_had_begun_or_not() throws Exception {
        try (History history = open(10_000)) {
            history.documents().put("rollout", "begun", version(1));
        }
        try (History history = open(200)) {
            CountDownLatch hangs = new CountDownLatch(1);
            FaultyDisk.hangs = hangs;
            CompletableFuture<Throwable> begun = CompletableFuture.supplyAsync(() -> put(history, "begun", 2));
            await(() -> FaultyDisk.hanging);
            CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(() -> put(history, "waiting", 2));
            Throwable[] failed = {begun.get(30, TimeUnit.SECONDS), waiting.get(30, TimeUnit.SECONDS)};
            hangs.countDown();

            assertThat(failed).allSatisfy(why -> assertThat(why).hasMessageContaining("could not be written within"));
            await(() -> put(history, "last", 1) == null);
            assertThat(history.documents().list("rollout")).containsExactly(version(1), version(1));
        }
        try (History history = open(5000)) {
            assertThat(history.documents().list("rollout")).containsExactly(version(1), version(1));
        }
    }

    @Test
    void a_put_that_ends_in_time_though_its_caller_was_interrupted_has_succeeded() throws Exception {
        try (History history = open(10_000)) {
            CountDownLatch hangs = new CountDownLatch(1);
            FaultyDisk.hangs = hangs;
            CompletableFuture<String> end = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                Throwable failed = put(history, "1", 1);
                end.complete(failed + " " + Thread.currentThread().isInterrupted());
            });
            await(() -> FaultyDisk.hanging);
            caller.interrupt();
            hangs.countDown();
            assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("null true");
            assertThat(history.documents().get("rollout", "1")).isPresent();
        }
    }

    @Test
    void a_history_that_cannot_be_written_still_closes() {
        History history = open(5000);
        FaultyDisk.full = true;
        assertThat(put(history, "1", 1)).isNotNull();
        history.add(HistoryTest.happening("x", "lost"));
        long start = System.nanoTime();
        history.close();
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        assertThat(history.dropped()).isPositive();
        assertThatThrownBy(() -> history.documents().list("rollout")).isInstanceOf(HistoryException.class);

        FaultyDisk.full = false;
        try (History again = open(5000)) {
            assertThat(again.documents().list("rollout")).isEmpty();
        }
    }

    @Test
    void what_was_committed_and_not_forced_is_counted_once_when_it_is_lost() {
        History history = open(5000);
        FaultyDisk.unforced = true;
        int lines = 200;
        for (int i = 0; i < lines; i++) {
            history.add(HistoryTest.happening("x", "lost"));
        }
        assertThat(put(history, "1", 1)).isInstanceOf(HistoryException.class);
        history.close();
        assertThat(history.dropped()).as("and a few of its own notes").isBetween((long) lines, lines + 10L);
    }

    @Test
    void what_was_refused_for_its_own_sake_is_not_tried_again() {
        Task refused = Task.soon(connection -> true, 1);
        Task other = Task.soon(connection -> true, 1);
        Outage outage = new Outage();
        outage.again(List.of(refused, other));
        refused.fail(new IllegalArgumentException("too long"));
        assertThat(outage.again()).containsExactly(other);
    }
}
