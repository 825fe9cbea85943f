package ioverlay.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code overlay observer}: its options. */
@Command(
        name = "observer",
        description = {
            "Starts an observer with its web page, without nodes: those of other containers register with it.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "The directory without --data: ioverlay-observer in the user's data directory ($$XDG_DATA_HOME, else"
                    + " ~/.local/share). Nodes come with: run/overlay node --observer IP:PORT. See docs/observer.md."
        })
final class ObserverCommand implements Callable<Integer> {
    private final UpCommand.Container container;

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
        Path usual = DataDirectory.ofUser(System.getenv(), System.getProperty("user.home"))
                .resolveSibling("ioverlay-observer");
        return container.run(new UpOptions(
                Optional.of(flags.data().orElse(usual)),
                Population.NONE,
                Optional.empty(),
                Optional.of(observing.options()),
                flags.shell(),
                flags.readyFile(),
                true));
    }
}
