package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.ShellClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code run/overlay} as a person starts it, from a folder of the test. */
final class Launcher {
    private static final long TIMEOUT_S = 30;

    private final Path script;
    private final Path folder;

    private Launcher(Path script, Path folder) {
        this.script = script;
        this.folder = folder;
    }

    /** Called by the script's own name. */
    static Launcher in(Path folder) {
        return of(Workspace.ROOT.resolve("run/overlay"), folder);
    }

    /** Called by another name of the script. */
    static Launcher of(Path script, Path folder) {
        return new Launcher(script, folder);
    }

    /** Runs it to its end, with an input that ends too. */
    Answer run(String input, String... arguments) throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // What is tested is what the build before this test has made.
        builder.environment().put("OVERLAY_BUILD", "never");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
            return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
