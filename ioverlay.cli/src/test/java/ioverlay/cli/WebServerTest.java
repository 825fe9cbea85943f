package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a web server that was started and "ready": whether it answers, and whom the observer knows. */
class WebServerTest {
    private final FakeTicker ticker = new FakeTicker();
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicReference<String> body = new AtomicReference<>("");
    private final AtomicInteger restarts = new AtomicInteger();
    private HttpServer http;
    private WebServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        http.start();
        server = new WebServer(new Endpoint("127.0.0.1", http.getAddress().getPort()), ticker);
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    @Test
    void aPageThatAnswersIsNotWaitedFor() throws Exception {
        server.await("", restarts::incrementAndGet);

        assertThat(ticker.now()).isZero();
        assertThat(restarts).hasValue(0);
    }

    @Test
    void aServerThatGoesOnSaying404IsStartedAgainOnce() throws Exception {
        status.set(404);

        server.await("api/nodes", () -> {
            restarts.incrementAndGet();
            status.set(200);
        });

        assertThat(restarts).hasValue(1);
    }

    @Test
    void aPageThatDoesNotComeUpFailsWithWhatItAnsweredAndIsRestartedOnceAtMost() {
        status.set(404);

        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> server.await("api/nodes", restarts::incrementAndGet))
                .withMessage("The page does not come up: " + server.page() + "api/nodes answers 404 after 20 s");
        assertThat(restarts).hasValue(1);
    }

    @Test
    void anErrorIsNoReasonToStartItAgain() {
        status.set(500);

        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> server.await("", restarts::incrementAndGet))
                .withMessageContaining("answers 500");
        assertThat(restarts).hasValue(0);
    }

    private static String node(int port, String state, String seen) {
        return "{\"id\": \"127.0.0.1:" + port + "\", \"state\": \"" + state
                + "\", \"since\": \"2026-11-23T08:00:00Z\", \"seen\": \"" + seen + "\"}";
    }

    @Test
    void nodesAreRegisteredWhenThePageShowsThemAllAsLiveAndWhatTheyDo() throws Exception {
        String later = "2026-11-23T08:00:01Z";
        body.set("{\"nodes\": [" + node(7001, "live", later) + ", " + node(7002, "lost", later) + ", "
                + node(7003, "live", "2026-11-23T08:00:00Z") + "]}");
        Roll roll = new Roll(server.page(), ticker);

        roll.await(List.of(NodeId.parse("127.0.0.1:7001")));

        for (String other : List.of("127.0.0.1:7002", "127.0.0.1:7003")) {
            assertThatExceptionOfType(FailedException.class)
                    .isThrownBy(() -> roll.await(List.of(NodeId.parse("127.0.0.1:7001"), NodeId.parse(other))))
                    .withMessage("The observer does not know of 1 of 2 nodes after 30 s, for example " + other);
        }
    }

    @Test
    void anAnswerThatIsNoJsonIsWaitedFor() {
        body.set("<html>");

        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> new Roll(server.page(), ticker).await(List.of(NodeId.parse("127.0.0.1:7001"))));
    }

    @Test
    void aConsoleThatLetsInAStrangerIsNotSafe() {
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> ConsoleAccess.make().check(server))
                .withMessage("The Felix Web Console is not safe: to a stranger it answers 200");
    }

    @Test
    void passwordsAreLongAndDifferent() {
        String one = ConsoleAccess.make().sentence(server.page());
        String other = ConsoleAccess.make().sentence(server.page());

        assertThat(one).matches(".* \\(user overlay, password [A-Za-z0-9_-]{20}, until this container ends\\)");
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void aPortThatIsTakenIsASentence() {
        Endpoint taken = new Endpoint("127.0.0.1", http.getAddress().getPort());

        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> FreePort.of(taken, "--web"))
                .withMessage("Nothing can listen at " + taken
                        + " (--web): address already in use. Port 0 takes any free one");
    }

    @Test
    void anyFreePortIsTheOneOfTheLastTimeIfItIsFree() throws Exception {
        Endpoint any = new Endpoint("127.0.0.1", 0);
        Endpoint last = FreePort.of(any, "--web");
        LastAddresses.in(folder).keep(Map.of("web", last.toString()));

        assertThat(LastAddresses.in(folder).prefer("web", any, "--web")).isEqualTo(last);
        try (ServerSocket other = new ServerSocket(last.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(LastAddresses.in(folder).prefer("web", any, "--web").port())
                    .isPositive()
                    .isNotEqualTo(other.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"web\": 7, \"observer\": [",
                "[]",
                "",
                "{\"web\": [1, 2]}",
                "{\"web\": \"example.org:80\"}",
                "{\"web\": \"127.0.0.1:99999\"}"
            })
    void addressesThatCannotBeReadArePutAsideAndAsGoodAsNone(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("addresses.json"), content);

        assertThat(LastAddresses.in(folder)
                        .prefer("web", new Endpoint("127.0.0.1", 0), "--web")
                        .port())
                .isPositive();

        assertThat(file).doesNotExist();
        assertThat(folder.resolve("addresses.json.broken")).hasContent(content);
    }
}
