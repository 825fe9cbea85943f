package ioverlay.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code overlay observer}: its options. */
@Command(
        name = "observer",
        description = {
            "Starts an observer with its web page, without nodes unless --nodes asks for some: those of other containers"
                    + " register with it.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "The directory without --data: ioverlay-observer in the user's data directory ($$XDG_DATA_HOME, else"
                    + " ~/.local/share); with --nodes a temporary one. Nodes come with: run/overlay node --observer"
                    + " IP:PORT. See docs/observer.md."
        })
final class ObserverCommand implements Callable<Integer> {
    private final UpCommand.Container container;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            converter = UpCommand.Count.class,
            description = "Make N nodes beside it, as up does, 1 to 1000. Default: none.")
    private int nodes;

    @Mixin
    private final ObserverFlags observing = new ObserverFlags();

    @Mixin
    private final ContainerFlags flags = new ContainerFlags();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final HelpOption help = new HelpOption();

    ObserverCommand(UpCommand.Container container) {
        this.container = container;
    }

    @Override
    public Integer call() throws Exception {
        return container.run(new UpOptions(
                flags.data().or(this::usual),
                nodes == 0 ? Population.NONE : Population.of("n", nodes, 0, false),
                Optional.empty(),
                Optional.of(observing.options()),
                flags.shell(),
                flags.readyFile(),
                nodes == 0));
    }

    private Optional<Path> usual() {
        return nodes > 0
                ? Optional.empty()
                : Optional.of(DataDirectory.ofUser(System.getenv(), System.getProperty("user.home"))
                        .resolveSibling("ioverlay-observer"));
    }
}
