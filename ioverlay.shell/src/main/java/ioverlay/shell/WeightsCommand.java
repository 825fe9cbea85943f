package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:weights}. */
@CommandLine.Command(
        name = "weights",
        description = "Sets an upstream's share in a node's switch: where not all can pass, each gets the part that its"
                + " weight is of all.",
        footer = {"", "Gives a sentence."})
final class WeightsCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
    private String node = "";

    @Parameters(
            index = "1",
            paramLabel = "UPSTREAM",
            description = "The neighbour, or the node itself for its local source.")
    private String upstream = "";

    @Parameters(index = "2", paramLabel = "WEIGHT", description = "1 to 1000; 1 where nothing was said.")
    private int weight;

    @Option(
            names = "--app",
            paramLabel = "APP",
            description = "Which application. Default: all without their own weight.")
    private String application = "0";

    @Override
    Object run(Container container, Here here) {
        NodeStatus status = Names.node(container.nodes(), node);
        NodeId peer = Names.peer(container.nodes(), upstream);
        int app = Texts.application(application, 0);
        container.network().weigh(status.name(), app, peer, weight);
        return peer + " has the weight " + weight + " at " + status.name()
                + (app == 0 ? "" : " for application " + States.id(app));
    }
}
