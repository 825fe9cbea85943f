package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Retention;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for much and read none of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class UnreadAnswerTest {
    private static final int WRITE_MS = 300;

    /** Much more than {@value #WRITE_MS} ms, for machines that do other things. */
    private static final int BOUND_MS = 10_000;

    /** Twice as much as all sockets of one connection hold. */
    private static final int LEAST_BYTES = 12 << 20;

    private static final int PIECE = 60_000;

    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(line.getLoggerName() + ": " + line.getMessage() + ", thrown: " + line.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final StillFleet fleet = new StillFleet();
    private History history;
    private Web web;
    private Server server;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        JETTY.addHandler(ear);
        history = new History(data, Retention.USUAL, Clock.systemUTC());
        web = new Web(fleet, history, UnreadAnswerTest.class.getClassLoader(), new Asked.Limits(5000, 5000, WRITE_MS));
        server = new Server(web.servlet());
        String much = "x".repeat(PIECE);
        JsonObject detail = new JsonObject();
        detail.addProperty("said", much);
        for (int i = 0; i < LEAST_BYTES / PIECE + 1; i++) {
            fleet.add("n" + i, 7001 + i, "{\"slots\":[{\"algorithm\":\"" + much + "\"}]}");
            history.add(new Happening(Instant.EPOCH, "trace", "", "", "", "line", detail));
            if (i % 50 == 0) {
                history.past().after(i, 1); // only so much may wait to be written
            }
        }
    }

    @AfterAll
    void close() {
        JETTY.removeHandler(ear);
        web.close();
        server.close();
        history.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nodes", "/api/log?format=csv&limit=10000"})
    void who_asks_for_much_and_does_not_read_is_cut_off(String path) throws Exception {
        try (Web patient = new Web(fleet, history, UnreadAnswerTest.class.getClassLoader());
                Server other = new Server(patient.servlet())) {
            assertThat(other.get(path).body().length()).isGreaterThan(LEAST_BYTES);
        }
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            client.setSoTimeout(BOUND_MS);
            String counted = "route=\"" + path.replaceFirst("\\?.*", "") + "\",status=\"200\"} 1.0";
            long start = System.nanoTime();
            client.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (!server.get("/metrics").body().contains(counted)) {
                assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(BOUND_MS));
                LockSupport.parkNanos(20_000_000);
            }
            assertThat(left(client))
                    .as("bytes that were there when it was cut off")
                    .isLessThan(LEAST_BYTES);
        }
        assertThat(warnings)
                .as("a slow client is nothing that a person should look at")
                .isEmpty();
    }

    /** What can still be read, to the end, which comes. */
    private static int left(Socket client) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            client.getInputStream().transferTo(all);
        } catch (SocketException e) {
            // It was broken off: as good.
            assertThat(e).hasMessageContaining("reset");
        }
        return all.size();
    }
}
