package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.ShellClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code run/overlay scenario} under way in a process of its own. */
public final class ScenarioRun implements AutoCloseable {
    private static final long LIMIT_S = 60;
    private static final int INTERRUPT = 2;

    private final Process process;
    private final Path out;
    private final Path err;

    private ScenarioRun(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it in that folder. */
    public static ScenarioRun start(Path folder, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        List<String> command = new ArrayList<>(
                List.of("bash", Workspace.ROOT.resolve("run/overlay").toString(), "scenario"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("OVERLAY_BUILD", "never");
        return new ScenarioRun(builder.start(), out, err);
    }

    /** What it has said so far. */
    public String said() throws IOException {
        return Files.readString(out) + Files.readString(err);
    }

    /** Waits for its end. */
    Answer end() throws IOException, InterruptedException {
        boolean ended = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
        assertThat(ended).as("ended in time: " + said()).isTrue();
        return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Waits for its end; the exit code. */
    public int code() throws IOException, InterruptedException {
        return end().code();
    }

    /**
     * Ctrl-C; SIGTERM where this test itself was started with SIGINT ignored, which a child inherits.
     *
     * @return the exit code that belongs to it
     */
    int interrupt() throws IOException, InterruptedException {
        int signal = ignoresInterrupt() ? 15 : INTERRUPT;
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        return 128 + signal;
    }

    private static boolean ignoresInterrupt() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >> (INTERRUPT - 1) & 1) == 1);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
