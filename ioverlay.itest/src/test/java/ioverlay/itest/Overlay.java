package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container that {@code run/overlay} has started in a process of its own, without a shell; it answers when it is made.
 * What the user's data directory would be is in the folder.
 */
public final class Overlay implements AutoCloseable {
    private static final long READY_S = 60;
    private static final long END_S = 20;
    private static final long LOOK_EVERY_MS = 20;

    private final Process process;
    private final Path said;
    private final JsonObject ready;

    private Overlay(Process process, Path said, JsonObject ready) {
        this.process = process;
        this.said = said;
        this.ready = ready;
    }

    /** Starts {@code run/overlay} with these arguments and waits until its ready file is there. */
    public static Overlay start(Path folder, String... arguments) throws IOException, InterruptedException {
        Path ready = Files.createTempFile(folder, "ready", ".json");
        Path said = Files.createTempFile(folder, "said", "");
        Files.writeString(ready, "not yet");
        List<String> command = new ArrayList<>(
                List.of("bash", Workspace.ROOT.resolve("run/overlay").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--no-shell", "--ready-file", ready.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        // What is tested is what the build before this test has made.
        builder.environment().put("OVERLAY_BUILD", "never");
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        builder.environment().put("OVERLAY_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
        Process process = builder.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_S);
        while (!isThere(ready)) {
            boolean ended = process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", arguments)
                        + (ended ? " ended: " : " is not ready: ")
                        + Files.readString(said));
            }
        }
        return new Overlay(
                process, said, JsonParser.parseString(Files.readString(ready)).getAsJsonObject());
    }

    private static boolean isThere(Path ready) throws IOException {
        return Files.exists(ready) && Files.readString(ready).startsWith("{");
    }

    /** The address of its page, with a slash at the end. */
    public URI web() {
        return URI.create(ready.get("web").getAsString());
    }

    /** What its ready file says. */
    public JsonObject ready() {
        return ready;
    }

    /** All that it has said. */
    public String said() throws IOException {
        return Files.readString(said);
    }

    /** The nodes that its page knows. */
    public List<JsonObject> nodes() throws IOException {
        try (InputStream body = web().resolve("api/nodes").toURL().openStream()) {
            return JsonParser.parseString(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("nodes")
                    .asList()
                    .stream()
                    .map(JsonElement::getAsJsonObject)
                    .toList();
        }
    }

    /** The ids of those of its page's nodes that are live. */
    public List<String> live() throws IOException {
        return nodes().stream()
                .filter(node -> node.get("state").getAsString().equals("live"))
                .map(node -> node.get("id").getAsString())
                .sorted()
                .toList();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as SIGTERM does; how long that took, in milliseconds. */
    public long end() throws InterruptedException {
        long began = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(END_S, TimeUnit.SECONDS)).as("ended").isTrue();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
