package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Retention;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every request goes through, over real connections with the Jetty that Felix carries. */
class FrontTest {
    private final StillFleet fleet = new StillFleet();

    @TempDir
    private Path data;

    private History history;
    private Web web;
    private Server server;

    @BeforeEach
    void open() throws Exception {
        history = new History(data, Retention.USUAL, Clock.systemUTC());
        web = new Web(fleet, history, FrontTest.class.getClassLoader(), new Asked.Limits(400, 400, 2000));
        server = new Server(web.servlet());
    }

    @AfterEach
    void close() {
        web.close();
        server.close();
        history.close();
    }

    @Test
    void nodes_are_answered_as_json_that_nobody_else_may_use() throws Exception {
        fleet.add("a", 7001, "{}");

        HttpResponse<String> answer = server.get("/api/nodes");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'");
        JsonObject nodes = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(nodes.getAsJsonArray("nodes")).hasSize(1);
    }
}
