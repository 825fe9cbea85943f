package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.history.History;
import ioverlay.observer.history.LogFilter;
import ioverlay.observer.history.Retention;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log is answered while it is read, however long its lines are. */
@Timeout(120)
class HistoryResourcesTest {
    private static final int LINES = 100;

    /** About as long as one may be: together 6 MB, which ten clients had three times each. */
    private static final int LONG = 60_000;

    @TempDir
    private Path data;

    private final Router router = new Router();
    private History history;

    @BeforeEach
    void open() {
        history = new History(data, Retention.USUAL, Clock.systemUTC());
        new HistoryResources(new StillFleet(), history, InstantSource.system()).addTo(router);
    }

    @AfterEach
    void close() {
        history.close();
    }

    private void fill(int lines, int length) {
        JsonObject detail = new JsonObject();
        detail.addProperty("said", "x".repeat(length));
        for (int i = 0; i < lines; i++) {
            history.add(new Happening(Instant.EPOCH, "trace", "", "", "", "line", detail));
            if (i % 50 == 0) {
                history.past().after(i, 1); // only so much may wait to be written
            }
        }
    }

    private Answer log(Map<String, String> query) throws Exception {
        return router.find("GET", List.of("api", "log"))
                .orElseThrow()
                .route()
                .resource()
                .answer(new StillRequest(query));
    }

    private JsonObject json(Map<String, String> query) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        log(query).body().writeTo(out);
        return JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
    }

    @Test
    void an_answer_says_whether_there_are_more_lines_than_were_asked_for() throws Exception {
        fill(5, 1);
        assertThat(json(Map.of("limit", "5")).get("more").getAsBoolean()).isFalse();
        JsonObject four = json(Map.of("limit", "4"));
        assertThat(four.get("more").getAsBoolean()).isTrue();
        assertThat(four.getAsJsonArray("log")).hasSize(4);
        assertThat(json(Map.of("limit", "4", "before", "5")).get("more").getAsBoolean())
                .isFalse();
        assertThat(json(Map.of("kind", "none")).toString()).isEqualTo("{\"log\":[],\"more\":false}");
    }

    private JsonObject lines(long before) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryJson.write(out, history.past().lines(new LogFilter("", "", "", 0, before, 10_000)), 100_000);
        assertThat(out.size()).isLessThan(111_000);
        return JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
    }

    @Test
    void an_answer_that_is_too_long_ends_before_that_and_says_so_and_the_next_goes_on_there() throws Exception {
        fill(15, 10_000);
        JsonObject first = lines(Long.MAX_VALUE);
        assertThat(first.get("more").getAsBoolean()).isTrue();

        var lines = first.getAsJsonArray("log");
        long last = lines.get(lines.size() - 1).getAsJsonObject().get("number").getAsLong();
        JsonObject second = lines(last);
        assertThat(second.get("more").getAsBoolean()).isFalse();
        assertThat(lines.size() + second.getAsJsonArray("log").size()).isEqualTo(15);
    }

    @Test
    void ten_clients_that_read_slowly_hold_less_than_sixty_four_megabytes_and_no_place_of_the_database()
            throws Exception {
        fill(LINES, LONG);
        long before = used();
        int clients = 10;
        CountDownLatch full = new CountDownLatch(clients);
        CountDownLatch goOn = new CountDownLatch(1);
        List<CompletableFuture<Long>> ends = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                String format = i % 2 == 0 ? "csv" : "json";
                CompletableFuture<Long> end = new CompletableFuture<>();
                ends.add(end);
                threads.execute(() -> {
                    try (Slow out = new Slow(full, goOn)) {
                        log(Map.of("limit", "10000", "format", format)).body().writeTo(out);
                        end.complete(out.bytes);
                    } catch (Exception e) {
                        end.completeExceptionally(e);
                    }
                });
            }
            assertThat(full.await(60, TimeUnit.SECONDS)).isTrue();
            long held = used() - before;
            assertThat(held).as("bytes that ten clients hold").isLessThan(64 << 20);
            assertThat(json(Map.of("limit", "1")).getAsJsonArray("log")).hasSize(1);
            goOn.countDown();
            for (CompletableFuture<Long> end : ends) {
                assertThat(end.get(60, TimeUnit.SECONDS)).isGreaterThan((long) LINES * LONG);
            }
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Takes two megabytes, and the rest only when it may go on. */
    private static final class Slow extends OutputStream {
        private final CountDownLatch full;
        private final CountDownLatch goOn;
        private long bytes;
        private boolean waited;

        Slow(CountDownLatch full, CountDownLatch goOn) {
            this.full = full;
            this.goOn = goOn;
        }

        @Override
        public void write(int b) {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] piece, int from, int length) {
            bytes += length;
            if (!waited && bytes > 2 << 20) {
                waited = true;
                full.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
