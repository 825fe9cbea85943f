package ioverlay.cli;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is found at each node once the file has flowed: every copy is read again and compared. */
final class Inspection {
    private final Nodes nodes;
    private final Transfer transfer;
    private final String sha256;
    private final List<Swapped> swaps;

    /**
     * Takes what it needs.
     *
     * @param sha256 of the file that was sent
     * @param swaps all that ended
     */
    Inspection(Nodes nodes, Transfer transfer, String sha256, List<Swapped> swaps) {
        this.nodes = nodes;
        this.transfer = transfer;
        this.sha256 = sha256;
        this.swaps = List.copyOf(swaps);
    }

    /**
     * One row for each node, the source first.
     *
     * @param seconds when each node was done
     * @throws IOException if a copy cannot be read
     */
    List<NodeRow> rows(Tree tree, Moment last, Map<String, Double> seconds) throws IOException {
        List<NodeRow> rows = new ArrayList<>();
        rows.add(row(Tree.name(Tree.ROOT), false, last.sentBytes(), seconds, true));
        for (Moment.Receiver receiver : last.receivers()) {
            rows.add(row(receiver.node(), true, receiver.bytes(), seconds, intact(receiver)));
        }
        return rows;
    }

    /** Why sinks gave up, a sentence each. */
    List<String> failures(Tree tree) {
        return tree.receivers().stream()
                .filter(node -> !transfer.failure(node).isEmpty())
                .map(node -> node + ": " + transfer.failure(node))
                .toList();
    }

    private boolean intact(Moment.Receiver receiver) throws IOException {
        return receiver.finished()
                && transfer.saysIntact(receiver.node())
                && Files.exists(transfer.copy(receiver.node()))
                && Digests.sha256(transfer.copy(receiver.node())).equals(sha256);
    }

    private NodeRow row(String node, boolean receives, long bytes, Map<String, Double> seconds, boolean intact) {
        NodeStatus status = nodes.status(node).orElseThrow(() -> new FailedException("the node " + node + " is gone"));
        String version = status.slots().stream()
                .filter(slot -> slot.application() == Grove.APPLICATION)
                .map(SlotStatus::version)
                .findFirst()
                .orElse("");
        List<Swapped> own = swaps.stream()
                .filter(swap -> swap.node().equals(node) && swap.switched())
                .toList();
        Duration longest =
                own.stream().map(Swapped::pause).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
        return new NodeRow(
                node,
                status.id().toString(),
                receives,
                bytes,
                seconds.getOrDefault(node, 0.0),
                version,
                own.size(),
                longest,
                intact);
    }
}
