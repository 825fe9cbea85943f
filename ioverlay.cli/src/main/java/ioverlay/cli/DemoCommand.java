package ioverlay.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code overlay demo}: its options. */
@Command(
        name = "demo",
        description = {
            "Sends a real file through a tree of live nodes over loopback TCP and meanwhile replaces the algorithm of"
                    + " every node, to the next version and back.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "The file takes at least 8 s, whatever its size. The copies go to a fresh temporary directory,"
                    + " are compared with the file and removed.",
            "The nodes and their swaps can be seen on the observer's page, whose address is printed.",
            "Afterwards the Felix shell stays open, unless --exit is given.",
            "Exit code: 0 only if every copy is intact, every swap happened while the file flowed, and no message was"
                    + " lost, duplicated or reordered."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int DEFAULT_NODES = 8;

    private final Demonstration demonstration;

    @Option(names = "--file", paramLabel = "F", description = "The file to send. Default: the JDK's own lib/modules.")
    private Path file = Path.of(System.getProperty("java.home"), "lib", "modules");

    @Option(
            names = "--nodes",
            paramLabel = "N",
            converter = Size.class,
            description = "How many nodes, " + Tree.LEAST + " to " + Tree.MOST + ". Default: " + DEFAULT_NODES + ".")
    private int nodes = DEFAULT_NODES;

    @Option(names = "--exit", description = "End afterwards, without a shell.")
    private boolean exit;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--web",
            paramLabel = "ADDRESS:PORT",
            converter = ObserverFlags.Place.class,
            description = "Where the observer's page is. Default: 127.0.0.1:0, any free port; none with --exit.")
    private @Nullable Endpoint web;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final HelpOption help = new HelpOption();

    DemoCommand(Demonstration demonstration) {
        this.demonstration = demonstration;
    }

    @Override
    public Integer call() throws Exception {
        return demonstration.run(new DemoOptions(file, nodes, exit, Optional.ofNullable(json), observer()));
    }

    private Optional<ObserverOptions> observer() {
        return (exit || !ObserverFlags.BY_DEFAULT) && web == null
                ? Optional.empty()
                : Optional.of(ObserverOptions.at(web == null ? ObserverFlags.ANY : web));
    }

    /** What the command does; the tests put something simpler in its place. */
    @FunctionalInterface
    interface Demonstration {
        int run(DemoOptions options) throws Exception;
    }

    /** A number of nodes within its limits. */
    private static final class Size implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                return new Tree(Integer.parseInt(value)).size();
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "a whole number from " + Tree.LEAST + " to " + Tree.MOST + " is needed, not '" + value + "'");
            }
        }
    }
}
