package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:topology}. */
@CommandLine.Command(
        name = "topology",
        description = "Shows the way that an application's data takes through the nodes of this container.",
        footer = {
            "",
            "One tree per source; a node that was shown already ends its line with ^. An application without data is an"
                    + " empty topology. Gives a list of Hops."
        })
final class TopologyCommand extends Command {
    @Parameters(index = "0", arity = "0..1", paramLabel = "APP", description = "Its id. Default: all.")
    private String application = "";

    @Override
    Object run(Container container, Here here) {
        List<NodeStatus> nodes = container.nodes().list();
        if (application.isEmpty()) {
            return Topology.shown(nodes, Topology.applications(nodes));
        }
        return Topology.shown(nodes, List.of(Texts.application(application, 1)));
    }
}
