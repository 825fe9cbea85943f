package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run/overlay demo} says where its page is, and on that its swaps are seen while they happen. */
final class DemoPageTest {
    private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/?");
    private static final long END_S = 60;
    private static final Duration LIMIT = Duration.ofSeconds(END_S);

    @TempDir
    private Path folder;

    @Test
    void theDemosSwapsAreSeenOnItsPageWhileTheyHappen() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[200_000]);
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        Workspace.ROOT.resolve("run/overlay").toString(),
                        "demo",
                        "--exit",
                        "--web",
                        "127.0.0.1:0",
                        "--nodes",
                        "3",
                        "--file",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("OVERLAY_BUILD", "never");
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        builder.environment().put("OVERLAY_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
        Process demo = builder.start();
        try {
            Await.until("it says where its page is", LIMIT, () -> page(said).find());
            Matcher page = page(said);
            assertThat(page.find()).isTrue();
            URI web = URI.create(page.group().endsWith("/") ? page.group() : page.group() + "/");
            Set<String> versions = new HashSet<>();
            Await.until("all nodes have been seen at 1.1.0 and swaps in the log", LIMIT, () -> {
                JsonArray nodes = get(web.resolve("api/nodes"), "nodes");
                nodes.forEach(node -> versions(node, versions));
                return nodes.size() == 3
                        && versions.containsAll(Set.of("n1 1.1.0", "n2 1.1.0", "n3 1.1.0"))
                        && get(web.resolve("api/log?kind=swap"), "log").size() >= 3;
            });
            assertThat(demo.waitFor(END_S, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(demo.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            demo.destroyForcibly();
        }
    }

    private static Matcher page(Path said) {
        try {
            return PAGE.matcher(Files.readString(said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void versions(JsonElement node, Set<String> versions) {
        String name = node.getAsJsonObject().get("name").getAsString();
        node.getAsJsonObject()
                .getAsJsonArray("slots")
                .forEach(slot -> versions.add(
                        name + " " + slot.getAsJsonObject().get("version").getAsString()));
    }

    private static JsonArray get(URI from, String list) {
        try (InputStream body = from.toURL().openStream()) {
            return JsonParser.parseString(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray(list);
        } catch (IOException e) {
            return new JsonArray(); // it is not there yet, or not any more
        }
    }
}
