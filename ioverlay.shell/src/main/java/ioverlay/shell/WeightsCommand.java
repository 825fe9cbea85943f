package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.WeightStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:weights}. */
@CommandLine.Command(
        name = "weights",
        description = "Shows and sets the shares of upstreams in a node's switch: where not all can pass, each gets the"
                + " part that its weight is of all.",
        footer = {
            "",
            "Holds at once, also for a link that comes later, and again after a restart. Without UPSTREAM it shows what"
                    + " was set, by commands or the node's algorithms. Gives a sentence, or a list of WeightStatus."
        })
final class WeightsCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
    private String node = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "UPSTREAM",
            description = "The neighbour, or the node itself for its local source.")
    private @Nullable String upstream;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "WEIGHT",
            description = "1 to 1000; 1 where nothing was said.")
    private @Nullable Integer weight;

    @Option(
            names = "--app",
            paramLabel = "APP",
            description = "Which application. Default: all without their own weight.")
    private String application = "0";

    @Override
    Object run(Container container, Here here) {
        NodeStatus status = Names.node(container.nodes(), node);
        if (upstream == null) {
            return Shown.table(
                    status.weights(),
                    "at node '" + status.name() + "' all upstreams have the weight 1",
                    (weights, look) -> table(weights));
        }
        if (weight == null) {
            throw new Failed("an upstream is named, but not its weight: 1 to 1000");
        }
        NodeId peer = Names.peer(container.nodes(), upstream);
        int app = Texts.application(application, 0);
        container.network().weigh(status.name(), app, peer, weight);
        return peer + " has the weight " + weight + " at " + status.name()
                + (app == 0 ? "" : " for application " + States.id(app));
    }

    /** All that were set. */
    static Sheet table(List<WeightStatus> weights) {
        Sheet table = Sheet.of("upstream", "application", ">weight");
        weights.forEach(each -> table.row(
                each.upstream(), each.application() == 0 ? "all" : States.id(each.application()), each.weight()));
        return table;
    }
}
