package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.observer.UploadedBundle;
import ioverlay.observer.Observer;
import ioverlay.observer.history.Retention;
import ioverlay.observer.repository.TestJar;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refused swap says of bundles that only the observer has: over REST. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwapAdviceTest {
    private static final String HINT =
            "; the observer's repository has x 1.1.0, and this container has not: deploy it there first";

    /** A container with x 1.0.0 and y 2.0.0, which answers each swap as it was told. */
    private static final class Container extends StillFleet {
        volatile String outcome = "REFUSED";
        volatile boolean answers = true;

        @Override
        public CompletableFuture<JsonElement> order(NodeId node, JsonObject command, String who) {
            return answer("{\"outcome\":\"" + outcome + "\",\"sentence\":\"no\"}");
        }

        @Override
        public CompletableFuture<JsonElement> orderHome(String home, JsonObject command, String who) {
            return answers
                    ? answer(
                            "{\"algorithms\":[{\"name\":\"x\",\"version\":\"1.0.0\"},{\"name\":\"y\",\"version\":\"2.0.0\"}]}")
                    : CompletableFuture.failedFuture(new IllegalStateException("no line"));
        }

        private static CompletableFuture<JsonElement> answer(String json) {
            return CompletableFuture.completedFuture(JsonParser.parseString(json));
        }
    }

    private final Container fleet = new Container();
    private Observer observer;
    private Server server;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        fleet.add("a", 7001, "{}");
        observer = Observer.open(fleet, data, Retention.USUAL);
        server = new Server(observer.servlet());
        for (String bundle : new String[] {"x 1.0.0", "x 1.1.0", "y 2.0.0"}) {
            String[] name = bundle.split(" ", 2);
            UploadedBundle kept = observer.uploads()
                    .upload(
                            new ByteArrayInputStream(
                                    TestJar.algorithm(name[0], name[1]).bytes()),
                            "test");
            assertThat(kept.version()).isEqualTo(name[1]);
        }
    }

    @AfterAll
    void close() {
        observer.close();
        server.close();
    }

    private String sentence(String verb, String algorithm, String versions) throws Exception {
        String command = "{\"do\":\"" + verb + "\",\"algorithm\":\"" + algorithm + "\""
                + (versions.isEmpty() ? "" : ",\"versions\":\"" + versions + "\"") + "}";
        String answer = server.post("/api/nodes/a/commands", command, "Content-Type", "application/json")
                .body();
        return JsonParser.parseString(answer)
                .getAsJsonObject()
                .getAsJsonObject("result")
                .get("sentence")
                .getAsString();
    }

    @ParameterizedTest
    @CsvSource({"1.1.0", "'[1.1,2)'", "1.0", "''"})
    void a_version_that_only_the_repository_has_is_named(String versions) throws Exception {
        assertThat(sentence("swap", "x", versions)).startsWith("no" + HINT);
    }

    @ParameterizedTest
    @CsvSource({
        "swap, x, '[1.0,1.1)'",
        "swap, x, 2.0",
        "swap, y, 1.0",
        "swap, z, 1.0",
        "swap, x, one",
        "rollback, x, 1.0"
    })
    void nothing_is_added_where_the_container_has_as_much_or_nobody_has_it(
            String verb, String algorithm, String versions) throws Exception {
        assertThat(sentence(verb, algorithm, versions)).isEqualTo("no");
    }

    @Test
    void nothing_is_added_to_what_took_place_or_where_the_container_does_not_say_what_it_has() throws Exception {
        fleet.outcome = "RETURNED";
        assertThat(sentence("swap", "x", "1.1")).isEqualTo("no");
        fleet.outcome = "REFUSED";
        fleet.answers = false;
        assertThat(sentence("swap", "x", "1.1")).isEqualTo("no");
        fleet.answers = true;
    }
}
