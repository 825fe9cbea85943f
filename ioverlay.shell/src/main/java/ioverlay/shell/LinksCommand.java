package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.LinkEmulation;
import ioverlay.api.container.LinkEmulation.Way;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:links}. */
@CommandLine.Command(
        name = "links",
        description = "Lists the links of a node: up(stream) those that neighbours dialled, down those it dialled.",
        footer = {
            "",
            "rate is over the last second, rtt the latest round trip, cap the link's own (bandwidth shows the node's),"
                    + " lost the messages of emulated loss. Where there is room it shows totals, too. Gives a list of"
                    + " LinkStatus, upstream first."
        })
final class LinksCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
    private String node = "";

    @Override
    Object run(Container container, Here here) {
        NodeStatus status = Names.node(container.nodes(), node);
        List<LinkStatus> all = Stream.concat(status.upstreams().stream(), status.downstreams().stream())
                .toList();
        return Shown.table(all, "node '" + status.name() + "' has no links", (links, look) -> table(status, look));
    }

    /** A table of a node's links, upstream first; without totals where they do not fit. */
    static Sheet table(NodeStatus node, Look look) {
        Sheet whole = table(node, true);
        return look.columns() == 0 || whole.width() <= look.columns() ? whole : table(node, false);
    }

    private static Sheet table(NodeStatus node, boolean totals) {
        List<String> heads =
                new ArrayList<>(List.of("link", "neighbour", "state", ">rate", ">rtt", ">cap", ">lost", ">queued"));
        if (totals) {
            heads.addAll(List.of(">unacked", ">messages", ">bytes", ">control", "applications"));
        }
        Sheet table = Sheet.of(heads.toArray(String[]::new));
        Caps caps = new Caps(node.emulation());
        node.upstreams().forEach(link -> table.row(cells(link, Way.FROM, caps, totals)));
        node.downstreams().forEach(link -> table.row(cells(link, Way.TO, caps, totals)));
        return table;
    }

    /** The caps of a node's links. */
    private record Caps(Map<Way, Map<NodeId, OptionalLong>> rates) {
        Caps(Emulation emulation) {
            this(emulation.links().stream()
                    .collect(Collectors.groupingBy(
                            LinkEmulation::way, Collectors.toMap(LinkEmulation::peer, LinkEmulation::bytesPerSecond))));
        }

        OptionalLong of(Way way, NodeId peer) {
            return rates.getOrDefault(way, Map.of()).getOrDefault(peer, OptionalLong.empty());
        }
    }

    private static Object[] cells(LinkStatus link, Way way, Caps caps, boolean totals) {
        OptionalLong cap = caps.of(way, link.peer());
        List<Object> cells = new ArrayList<>(List.of(
                way == Way.FROM ? "up" : "down",
                link.peer(),
                States.cell(link.state()),
                Units.rate(link.bytesPerSecond()),
                link.roundTripMicros() < 0 ? "" : Units.micros(Math.round(link.roundTripMicros())),
                cap.isPresent() ? Units.rate(cap.getAsLong()) : "",
                link.lostMessages() == 0 ? "" : link.lostMessages(),
                Units.bytes(link.queuedBytes())));
        if (totals) {
            cells.addAll(List.of(
                    way == Way.FROM ? "" : Units.bytes(link.unacknowledgedBytes()),
                    link.messages(),
                    Units.bytes(link.bytes()),
                    link.controlMessages(),
                    States.ids(link.applications())));
        }
        return cells.toArray();
    }
}
