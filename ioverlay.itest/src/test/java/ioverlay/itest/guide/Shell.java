package ioverlay.itest.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where a reader of a document sits: a directory, with {@code overlay} and {@code mvn} on the path. Maven is asked to do
 * without the network first, and with it only if something is missing.
 */
public final class Shell {
    private static final long TIMEOUT_S = 180;

    private final Path directory;
    private final Path tools;
    private final String path;

    /**
     * What a command said.
     *
     * @param exitCode of the last command
     * @param output of both streams
     */
    public record Said(int exitCode, String output) {}

    private Shell(Path directory, Path tools, String path) {
        this.directory = directory;
        this.tools = tools;
        this.path = path;
    }

    /**
     * Sits down.
     *
     * @param directory where all is done
     * @param tools an empty directory for what belongs to the test
     * @param run the folder with {@code overlay}
     */
    public static Shell in(Path directory, Path tools, Path run) throws IOException {
        String outer = System.getenv("PATH");
        Path mvn = Files.createFile(
                tools.resolve("mvn"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String wrapper = """
                #!/usr/bin/env bash
                "%1$s" -B -o "$@" >"%2$s/offline" 2>&1 && exec cat "%2$s/offline"
                if grep -q 'offline mode' "%2$s/offline"; then exec "%1$s" -B "$@"; fi
                cat "%2$s/offline"
                exit 1
                """.formatted(find("mvn", outer), tools);
        Files.writeString(mvn, wrapper);
        return new Shell(directory, tools, tools + ":" + run + ":" + outer);
    }

    private static Path find(String command, String path) {
        for (String folder : path.split(":", -1)) {
            Path found = Path.of(folder, command);
            if (Files.isExecutable(found)) {
                return found;
            }
        }
        throw new IllegalStateException("not on the PATH: " + command);
    }

    /** Where all is done. */
    public Path directory() {
        return directory;
    }

    /** Starts commands that a test ends itself; what they say goes to a file of the tools. */
    public Process start(String commands, String log) throws IOException {
        return builder(List.of("bash", "-e", "-c", commands))
                .redirectErrorStream(true)
                .redirectOutput(tools.resolve(log).toFile())
                .start();
    }

    /** What commands that were started have said by now. */
    public String log(String log) throws IOException {
        return Files.readString(tools.resolve(log));
    }

    /** Executes commands, up to the first that fails. */
    public Said run(String commands) throws IOException, InterruptedException {
        Process process = start(commands, "said");
        try {
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new AssertionError("not within " + TIMEOUT_S + " s: " + commands + log("said"));
            }
            return new Said(process.exitValue(), log("said"));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(directory.toFile());
        builder.environment().put("PATH", path);
        // What is tested is what the build before this test has made.
        builder.environment().put("OVERLAY_BUILD", "never");
        return builder;
    }
}
