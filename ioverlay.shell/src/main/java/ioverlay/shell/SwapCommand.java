package ioverlay.shell;

import com.google.gson.JsonObject;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SwapRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:swap}. */
@CommandLine.Command(
        name = "swap",
        description = "Replaces the algorithm in a slot of live nodes, by another version or another algorithm.",
        footer = {
            "",
            "Several nodes go over one by one; the first that does not stops the rest, but one that serves it already is"
                    + " passed over. Ctrl-C on probation goes back.",
            "VERSIONS: 1.1.0 is that version alone, 1.1 that one or the highest above, '[1.1,2)' the highest in the range;"
                    + " without it, it is the highest there is.",
            "Gives a list of SwapResult; fails if a node did not go over, or none had to."
        })
final class SwapCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODES", description = "A node, several with commas between them, or all.")
    private String nodes = "";

    @Parameters(index = "1", paramLabel = "ALGORITHM", description = "Its name.")
    private String algorithm = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "VERSIONS", description = "Which one.")
    private String versions = "0";

    @Option(names = "--slot", paramLabel = "APP", description = "Which slot. Default: the only one.")
    private String slot = "";

    @Option(
            names = "--probation",
            paramLabel = "TIME",
            description = "How long the new version is watched, 0s to 1h. Default: 5s.")
    private @Nullable String probation;

    @Option(names = "--failures", paramLabel = "N", description = "Failed calls that take it back. Default: 3.")
    private @Nullable Integer failures;

    @Option(
            names = "--throughput",
            paramLabel = "PART",
            description = "The part of the old version's throughput that it must reach, 0 to 1. Default: 0.")
    private @Nullable Double throughput;

    @Option(names = "--settings", paramLabel = "JSON", description = "New settings. Default: those of the slot.")
    private @Nullable String settings;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Of the command: one that was done before is not done again.")
    private String id = "";

    @Option(names = "--at-once", description = "All nodes at the same time.")
    private boolean atOnce;

    @Override
    Object run(Container container, Here here) {
        Probation watched = watched();
        Optional<JsonObject> given = Optional.ofNullable(settings).map(Texts::settings);
        List<NodeStatus> chosen = Names.nodes(container.nodes(), List.of(nodes.split(",", -1)));
        List<SwapRequest> requests = chosen.stream()
                .map(node -> new SwapRequest(
                        node.name(),
                        Names.slot(node, slot).application(),
                        algorithm,
                        Texts.versions(versions),
                        given,
                        watched,
                        id.isEmpty() || chosen.size() == 1 ? id : id + "/" + node.name()))
                .toList();
        return new Swapping(container.swaps(), here).swap(requests, atOnce);
    }

    private Probation watched() {
        Probation standard = Probation.STANDARD;
        return new Probation(
                probation == null ? standard.time() : Texts.span(probation),
                failures == null ? standard.failures() : failures,
                throughput == null ? standard.leastThroughput() : throughput);
    }
}
