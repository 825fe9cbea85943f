package ioverlay.bench.observer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.bench.FailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code run/overlay} in a process of its own, as a person starts it, and what that process takes.
 *
 * <p><b>Threads:</b> one.
 */
final class Overlay implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final long LOOK_EVERY_MS = 50;
    private static final long END_S = 10;
    private static final long TOOL_S = 60;
    private static final Pattern CLASS = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Process process;
    private final Path said;
    private final JsonObject ready;

    private Overlay(Process process, Path said, JsonObject ready) {
        this.process = process;
        this.said = said;
        this.ready = ready;
    }

    /**
     * Starts a command and waits until it is ready.
     *
     * @param folder for what it keeps
     * @throws FailedException if it ends or does not become ready, with what it said
     */
    static Overlay start(Path folder, String... arguments) throws IOException, InterruptedException {
        Path readyFile = folder.resolve("ready.json");
        Path said = folder.resolve("said");
        Path home = Path.of(System.getProperty("ioverlay.home", ""));
        List<String> command =
                new ArrayList<>(List.of(home.resolve("run/overlay").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--no-shell", "--ready-file", readyFile.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("OVERLAY_BUILD", "never");
        Process process = builder.start();
        long deadline = System.nanoTime() + READY.toNanos();
        while (!Files.exists(readyFile)) {
            if (process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new FailedException("run/overlay " + arguments[0] + " is not ready: "
                        + Files.readString(said).strip());
            }
        }
        return new Overlay(
                process,
                said,
                JsonParser.parseString(Files.readString(readyFile)).getAsJsonObject());
    }

    /** What its ready file says. */
    JsonObject ready() {
        return ready;
    }

    /** All that it has said. */
    String said() throws IOException {
        return Files.readString(said).strip();
    }

    /** Processor time since its start. */
    Duration processor() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new FailedException("this system does not tell the processor time of a process"));
    }

    /**
     * Bytes of the objects that live in its heap, after a collection. The heap's use would have more: this collector leaves
     * some dead ones where they are, under the name of a filler, the more the larger the heap has become.
     */
    long heap() throws IOException, InterruptedException {
        return CLASS.matcher(tool("GC.class_histogram"))
                .results()
                .filter(row -> !row.group(2).contains("FillerElement"))
                .mapToLong(row -> Long.parseLong(row.group(1)))
                .sum();
    }

    /** Bytes of memory that it holds, 0 if the system does not tell. */
    long resident() {
        try {
            return RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")))
                            .results()
                            .mapToLong(found -> Long.parseLong(found.group(1)))
                            .sum()
                    << 10;
        } catch (IOException e) {
            return 0; // not Linux
        }
    }

    private String tool(String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader answer = asked.inputReader(StandardCharsets.UTF_8)) {
            String text = answer.readAllAsString();
            if (!asked.waitFor(TOOL_S, TimeUnit.SECONDS) || asked.exitValue() != 0) {
                throw new FailedException("jcmd " + command + " failed: " + text.strip());
            }
            return text;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            asked.destroyForcibly();
        }
    }

    /** Ends it as SIGTERM does, and by force if it does not end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
