package ioverlay.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code overlay up}: its options. */
@Command(
        name = "up",
        description = {
            "Starts the container with the nodes that files configure and an observer that shows them on a web page, and"
                    + " opens the Felix shell.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Each file ioverlay.node~NAME.cfg.json in the directory is a node, for example",
            "  {\"port\": 7001, \"slots\": [\"0=relay\"]}",
            "A file that comes, changes or goes while the container runs is followed. See docs/nodes.md.",
            "What commands make is kept there too and comes back after a restart. See docs/journal.md.",
            "The directory without --data: ioverlay in the user's data directory ($$XDG_DATA_HOME, else ~/.local/share);"
                    + " with --nodes a temporary one, so that nothing is kept.",
            "The observer: docs/observer.md."
        })
final class UpCommand implements Callable<Integer> {
    private final Container container;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            converter = Count.class,
            description =
                    "Make N nodes n1, n2, ... as well, 1 to 1000: relays in a tree, in cities all over the world.")
    private int nodes;

    @Option(names = "--traffic", description = "With --nodes: the first sends to all others, as application 1.")
    private boolean traffic;

    @Option(
            names = "--observer",
            paramLabel = "IP:PORT",
            converter = ObserverFlags.Reached.class,
            description = "The nodes register there; no observer and no page here.")
    private @Nullable Endpoint observer;

    @Option(names = "--no-web", description = "No observer and no page.")
    private boolean noWeb;

    @Mixin
    private final ObserverFlags observing = new ObserverFlags();

    @Mixin
    private final ContainerFlags flags = new ContainerFlags();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final HelpOption help = new HelpOption();

    UpCommand(Container container) {
        this.container = container;
    }

    @Override
    public Integer call() throws Exception {
        if (noWeb && observing.isAskedFor()) {
            throw new UsageException(
                    "--no-web leaves no observer and no page: it goes without --web, --listen and" + " --console");
        }
        if (traffic && nodes == 0) {
            throw new UsageException("--traffic flows between the nodes of --nodes, and there are none");
        }
        boolean embedded = observer == null
                ? observing.isAskedFor() || (ObserverFlags.BY_DEFAULT && !noWeb)
                : observing.isPageAskedFor();
        return container.run(new UpOptions(
                flags.data().or(this::usual),
                nodes == 0 ? Population.NONE : Population.of("n", nodes, 0, traffic),
                Optional.ofNullable(observer),
                embedded ? Optional.of(observing.options()) : Optional.empty(),
                flags.shell(),
                flags.readyFile(),
                false));
    }

    private Optional<Path> usual() {
        return nodes > 0
                ? Optional.empty()
                : Optional.of(DataDirectory.ofUser(System.getenv(), System.getProperty("user.home")));
    }

    /** What the command does; the tests put something simpler in its place. */
    @FunctionalInterface
    interface Container {
        int run(UpOptions options) throws Exception;
    }

    /** A number of nodes within its limits. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Whole.number(value, 1, Population.MOST);
        }
    }
}
