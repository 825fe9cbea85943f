package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code overlay:nodes}. */
@CommandLine.Command(
        name = "nodes",
        description = "Lists the nodes: the state of their slots, where they listen, what they run, how much passes.",
        footer = {"", "Gives a list of NodeStatus."})
final class NodesCommand extends Command {
    @Override
    Object run(Container container, Here here) {
        return Shown.table(container.nodes().list(), "there are no nodes", NodesCommand::table);
    }

    private static Sheet table(List<NodeStatus> nodes, Look look) {
        Sheet table = Sheet.of("node", "state", "address", "slots", ">in", ">out", ">up", "applications");
        for (NodeStatus node : nodes) {
            table.row(
                    node.name(),
                    States.of(node),
                    node.id(),
                    node.slots().stream().map(States::occupant).collect(Collectors.joining(", ")),
                    bytes(node.upstreams()),
                    bytes(node.downstreams()),
                    Units.age(node.upMillis()),
                    node.applications().stream()
                            .map(application -> States.id(application.application()) + "=" + application.type())
                            .collect(Collectors.joining(", ")));
        }
        return table;
    }

    private static String bytes(List<LinkStatus> links) {
        return Units.bytes(links.stream().mapToLong(LinkStatus::bytes).sum());
    }
}
