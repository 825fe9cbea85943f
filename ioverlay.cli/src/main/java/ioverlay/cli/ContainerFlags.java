package ioverlay.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command whose container stays. */
final class ContainerFlags {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the container keeps what outlives it: nodes, bundles, what was observed."
                    + " See docs/journal.md.")
    private @Nullable Path data;

    @Option(names = "--no-shell", negatable = false, description = "Open no shell; the container runs until SIGTERM.")
    private boolean noShell;

    @Option(
            names = "--ready-file",
            paramLabel = "F",
            description =
                    "Write this file when everything answers: {\"web\": URL, \"observer\": \"IP:port\", \"nodes\":"
                            + " [\"IP:port\"]}.")
    private @Nullable Path readyFile;

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    boolean shell() {
        return !noShell;
    }

    Optional<Path> readyFile() {
        return Optional.ofNullable(readyFile);
    }
}
