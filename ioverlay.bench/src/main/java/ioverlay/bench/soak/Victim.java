package ioverlay.bench.soak;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.bench.FailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node in a JVM of its own, which can be killed as a machine dies: without a word. It comes back at the same address.
 * {@link VictimCommand} is the other side; when this process ends, so does that one.
 *
 * <p><b>Threads:</b> one.
 */
final class Victim implements AutoCloseable {
    private static final long END_S = 10;

    private final JsonObject node;
    private final Path folder;
    private @Nullable Process process;
    private String id = "";

    /**
     * Not there yet.
     *
     * @param node its name and the settings of its slots by application; the port it gets is kept
     */
    Victim(JsonObject node) throws IOException {
        this.node = node;
        folder = Files.createTempDirectory("ioverlay-victim");
    }

    /** Starts it and waits until its node listens. */
    void start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process started = new ProcessBuilder(List.of(
                        java.toString(),
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlaunch.storage.dir=" + folder.resolve("framework"),
                        "-Dioverlay.home=" + System.getProperty("ioverlay.home", ""),
                        "-jar",
                        System.getProperty("java.class.path"),
                        "bench",
                        "soak-victim"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        Writer in = started.outputWriter(StandardCharsets.UTF_8);
        in.write(node + "\n");
        in.flush();
        BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith("{")) {
            line = out.readLine(); // what a framework says at its start
        }
        if (line == null) {
            throw new FailedException("the process of a node that is to be killed does not start");
        }
        JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
        id = answer.get("id").getAsString();
        node.addProperty("port", answer.get("port").getAsInt());
    }

    String id() {
        return id;
    }

    /** As a machine dies. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** Lets it end gracefully, and removes what it left. */
    @Override
    public void close() {
        try {
            Process running = process;
            if (running != null) {
                running.outputWriter(StandardCharsets.UTF_8).close();
                if (!running.waitFor(END_S, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            }
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
