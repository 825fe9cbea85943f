package ioverlay.itest.failures;

import static ioverlay.api.MessageType.LINK_CLOSED;
import static ioverlay.api.MessageType.LINK_FAILED;
import static ioverlay.api.MessageType.LINK_UP;
import static ioverlay.api.MessageType.SOURCE_FAILED;
import static ioverlay.itest.failures.Peer.DOWNSTREAM;
import static ioverlay.itest.failures.Peer.UP;
import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeSpec;
import ioverlay.engine.DataPlane;
import ioverlay.itest.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A tree of 20 relays that a source in another process feeds, and beside it a chain through the same nodes with a source
 * of its own, which shares one link with the tree. The process is killed.
 */
@Tag("own-jvm")
@Timeout(120)
final class DominoTest {
    private static final int NODES = 20;
    private static final int CHAIN = 9;
    private static final int PAYLOAD = 1_000;
    private static final long RATE = 500_000;
    private static final long DOWN_WITHIN_MS = 1_000;
    private static final long MORE_MESSAGES = 1_000;

    private final List<Station> nodes = new ArrayList<>();
    private DataPlane plane;

    @BeforeEach
    void open() throws Exception {
        plane = DataPlane.open();
        for (int i = 0; i < NODES; i++) {
            nodes.add(Station.open(plane, "n" + i, NodeSpec.DEFAULT_INACTIVITY_MILLIS));
        }
    }

    @AfterEach
    void close() {
        plane.close();
    }

    private NodeId[] children(int node) {
        return IntStream.of(2 * node + 1, 2 * node + 2)
                .filter(child -> child < NODES)
                .mapToObj(child -> nodes.get(child).id())
                .toArray(NodeId[]::new);
    }

    @Test
    void the_death_of_the_root_link_takes_down_what_served_it_alone_within_1_s_and_nothing_else() throws Exception {
        List<Sink> leaves = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.get(i).relay(UP, children(i));
            if (children(i).length == 0) {
                leaves.add(nodes.get(i).attach(UP, new Sink()));
            }
            if (i < NODES - 1) {
                nodes.get(i).relay(CHAIN, nodes.get(i + 1).id());
            }
        }
        Stream source = nodes.getFirst().attach(CHAIN, new Stream(PAYLOAD, RATE));
        Sink sink = nodes.getLast().attach(CHAIN, new Sink());
        long died;
        try (Remote root = Remote.start("127.0.0.1", NodeSpec.DEFAULT_INACTIVITY_MILLIS)) {
            root.tell("stream " + nodes.getFirst().id() + " " + RATE);
            Await.until(
                    "both sessions are everywhere",
                    () -> sink.received() > 100 && leaves.stream().allMatch(leaf -> leaf.received() > 100));
            root.id();
            died = System.nanoTime();
            root.kill();
            nodes.getFirst().await(LINK_FAILED, root.id(), Peer.UPSTREAM);
        }

        Await.until("the links of the tree are down", () -> down().size() == NODES - 2);
        long took = TimeUnit.NANOSECONDS.toMillis(
                down().stream().mapToLong(Heard::atNs).max().orElseThrow() - died);
        System.out.println("domino: " + down().size() + " links down after ms " + took);
        assertThat(took).isLessThanOrEqualTo(DOWN_WITHIN_MS);
        assertThat(nodes).allMatch(node -> sourceFailed(node) == 1, "each heard once that the source is gone");

        long enough = source.produced() + MORE_MESSAGES;
        source.limit(enough);
        Await.until("the chain brings all", () -> sink.received() == enough);
        assertThat(sink.outOfPlace()).as("messages of the chain out of place").isZero();
        assertThat(down()).as("links down, all of the tree").hasSize(NODES - 2);
        for (int i = 0; i < NODES - 1; i++) {
            int at = i;
            assertThat(nodes.get(i).node().status().downstreams())
                    .as("node %d keeps its link of the chain alone", i)
                    .singleElement()
                    .matches(link -> link.peer().equals(nodes.get(at + 1).id()));
        }
        assertThat(nodes.stream()
                        .flatMap(node -> node.heard(LINK_UP).stream())
                        .filter(heard -> heard.how() == DOWNSTREAM))
                .as("no link was dialled twice")
                .hasSize(2 * (NODES - 1) - 1);
    }

    /** The ends of links, as those heard of them who sent there. */
    private List<Heard> down() {
        return nodes.stream()
                .flatMap(node -> node.heard(LINK_CLOSED, LINK_FAILED).stream())
                .filter(heard -> heard.how() == DOWNSTREAM)
                .toList();
    }

    private static long sourceFailed(Station node) {
        return node.heard(SOURCE_FAILED).stream()
                .filter(heard -> heard.application() == UP)
                .count();
    }
}
