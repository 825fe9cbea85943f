package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.observer.history.History;
import ioverlay.observer.history.Retention;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the web ends: whoever is being answered has the end of the answer before the server stops. */
@Timeout(60)
class WebEndTest {
    private static final byte[] END_OF_CHUNKS = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path data;

    private Web web;

    private Web open(History history) {
        web = new Web(new StillFleet(), history, WebEndTest.class.getClassLoader());
        return web;
    }

    @Test
    void a_page_that_listens_is_sent_away_before_the_web_is_closed() throws Exception {
        try (History history = new History(data, Retention.USUAL, Clock.systemUTC());
                Server server = new Server(open(history).servlet());
                Socket page = server.dial()) {
            page.getOutputStream()
                    .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(page.getInputStream().read()).isEqualTo('H');

            web.close();
            server.cut();

            byte[] left = page.getInputStream().readAllBytes();
            assertThat(left).as("all that was ever written to it").endsWith(END_OF_CHUNKS);
        }
    }

    @Test
    void who_waits_for_an_answer_gets_it_and_who_comes_later_is_told() throws Exception {
        try (History history = new History(data, Retention.USUAL, Clock.systemUTC());
                Server server = new Server(open(history).servlet());
                Socket client = server.dial()) {
            CountDownLatch asked = new CountDownLatch(1);
            web.add("GET", "/api/slow", request -> {
                asked.countDown();
                return Answer.whole(200, "text/plain", "slowly").with("X-Slow", "" + waited());
            });
            client.getOutputStream()
                    .write("GET /api/slow HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            web.close();
            server.cut();

            byte[] answer = client.getInputStream().readAllBytes();
            assertThat(new String(answer, StandardCharsets.US_ASCII)).endsWith("slowly");
            assertThat(server.get("/api/nodes").body()).contains("the observer ends");
        }
    }

    /** As long as an answer may take that still comes in time. */
    private static boolean waited() {
        try {
            return new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
