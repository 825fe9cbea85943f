package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:links}. */
@CommandLine.Command(
        name = "links",
        description = "Lists the links of a node: upstream those that neighbours dialled, downstream those it dialled.",
        footer = {"", "Gives a list of LinkStatus, upstream first."})
final class LinksCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
    private String node = "";

    @Override
    Object run(Container container, Here here) {
        NodeStatus status = Names.node(container.nodes(), node);
        int upstreams = status.upstreams().size();
        List<LinkStatus> all = Stream.concat(status.upstreams().stream(), status.downstreams().stream())
                .toList();
        return Shown.table(all, "node '" + status.name() + "' has no links", (links, look) -> table(links, upstreams));
    }

    /** A table of links, of which the first ones are upstream. */
    static Sheet table(List<LinkStatus> links, int upstreams) {
        Sheet table = Sheet.of(
                "link",
                "neighbour",
                "state",
                ">messages",
                ">bytes",
                ">control",
                ">queued",
                ">unacknowledged",
                "applications");
        for (int index = 0; index < links.size(); index++) {
            LinkStatus link = links.get(index);
            table.row(
                    index < upstreams ? "upstream" : "downstream",
                    link.peer(),
                    States.cell(link.state()),
                    link.messages(),
                    Units.bytes(link.bytes()),
                    link.controlMessages(),
                    Units.bytes(link.queuedBytes()),
                    index < upstreams ? "" : Units.bytes(link.unacknowledgedBytes()),
                    States.ids(link.applications()));
        }
        return table;
    }
}
