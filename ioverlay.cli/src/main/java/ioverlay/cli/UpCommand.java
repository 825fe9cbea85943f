package ioverlay.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code overlay up}: its options. */
@Command(
        name = "up",
        description = {"Starts the container with the nodes that files configure, and opens the Felix shell.", ""},
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Each file ioverlay.node~NAME.cfg.json in the directory is a node, for example",
            "  {\"port\": 7001, \"slots\": [\"0=relay\"]}",
            "A file that comes, changes or goes while the container runs is followed. See docs/nodes.md.",
            "What commands make is kept there too and comes back after a restart. See docs/journal.md."
        })
final class UpCommand implements Callable<Integer> {
    private final Container container;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the files are, and the journal: nodes that commands made come back. Default: ioverlay in the user's data directory"
                            + " ($$XDG_DATA_HOME, else ~/.local/share).")
    private Path data = DataDirectory.ofUser(System.getenv(), System.getProperty("user.home"));

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final HelpOption help = new HelpOption();

    UpCommand(Container container) {
        this.container = container;
    }

    @Override
    public Integer call() throws Exception {
        return container.run(data);
    }

    /** What the command does; the tests put something simpler in its place. */
    @FunctionalInterface
    interface Container {
        int run(Path data) throws Exception;
    }
}
