package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The status as a document, and the page that says what its keys mean. */
class StatusDocumentTest {
    /** Objects whose keys others choose. */
    private static final Set<String> OPEN = Set.of("detail", "counters", "emulation");

    private final Testbed testbed = Testbed.open();
    private final Node node = testbed.node("node");
    private final Node next = testbed.node("next");

    @AfterEach
    void close() {
        testbed.close();
    }

    private static String page(String from, String to) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "status.md"));
        return page.substring(page.indexOf(from), page.indexOf(to));
    }

    /** What the first column names; downstreams have the keys of upstreams. */
    private static Set<String> documented(String table) {
        return table.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Pattern.compile("`([^`]+)`")
                        .matcher(line.split(" \\| ", 2)[0])
                        .results())
                .map(MatchResult::group)
                .map(key -> key.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void collect(JsonObject object, String path, Set<String> into) {
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            String key = path + entry.getKey();
            if (entry.getValue() instanceof JsonObject nested && !OPEN.contains(entry.getKey())) {
                collect(nested, key + ".", into);
            } else if (entry.getValue() instanceof JsonArray list) {
                into.add(key + "[]");
                assertThat(list).as("an example of " + key).isNotEmpty();
                if (list.get(0) instanceof JsonObject first) {
                    collect(first, key + "[].", into);
                }
            } else {
                into.add(key);
            }
        }
    }

    @Test
    void every_key_is_documented_and_no_other() throws IOException {
        Testbed.serve(next, Forwarder.to(node.id()));
        Testbed.serve(node, Forwarder.delivering(next.id()));
        Testbed.attach(node, Testbed.APP, new CheckingSink(Content.of(10)));
        Testbed.attach(next, Testbed.APP, NumberedSource.of(Content.of(10), 1));
        Await.until("both links carry it", () -> {
            return !node.status().upstreams().isEmpty()
                    && !node.status().upstreams().getFirst().applications().isEmpty()
                    && !node.status().downstreams().isEmpty()
                    && !node.status().downstreams().getFirst().applications().isEmpty();
        });
        node.weigh(0, next.id(), 2);
        Set<String> keys = new TreeSet<>();
        collect(node.status().toJson(), "", keys);
        keys.removeIf(key -> key.startsWith("downstreams[].") || key.startsWith("sessions[].rates."));
        keys.add("sessions[].rates.inBytesPerSecond");

        assertThat(documented(page("## The document", "### Reports"))).isEqualTo(keys);
    }

    @Test
    void every_counter_is_documented_and_no_other() throws IOException {
        assertThat(documented(page("## Counters", "## Events")))
                .isEqualTo(new TreeSet<>(node.status().counters().keySet()));
    }

    @Test
    void numbers_are_numbers_and_ids_are_text_and_unsigned() {
        Testbed.serve(node, -1, Forwarder.to());
        JsonObject document = node.status().toJson();
        assertThat(document.get("id").getAsString()).isEqualTo(node.id().toString());
        assertThat(document.getAsJsonArray("slots").get(0).getAsJsonObject().get("application"))
                .hasToString("4294967295");
        assertThat(document.getAsJsonObject("rates")
                        .get("inBytesPerSecond")
                        .getAsJsonPrimitive()
                        .isNumber())
                .isTrue();
    }
}
