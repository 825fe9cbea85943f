package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tree of 20 relays loses the link to its root, while a second session goes the other way over the same nodes. */
class DominoTreeTest {
    private static final int NODES = 20;
    private static final int TREE = 1;
    private static final int CHAIN = 2;
    private static final int ROUNDS = 3;
    private static final Content CONTENT = Content.of(1_000);
    private static final Duration BOUND = Duration.ofSeconds(1);

    private final Testbed testbed = Testbed.open();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Forwarder> tree = new ArrayList<>();
    private final List<Forwarder> chain = new ArrayList<>();

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Node p relays to 2p + 1 and 2p + 2 in the tree; node i to i - 1 in the chain, which so uses no link of the tree. */
    private void make() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(testbed.node("n" + i));
        }
        for (int i = 0; i < NODES; i++) {
            NodeId[] children = new NodeId[Math.clamp(NODES - 1 - 2L * i, 0, 2)];
            for (int c = 0; c < children.length; c++) {
                children[c] = nodes.get(2 * i + 1 + c).id();
            }
            tree.add(Testbed.serve(nodes.get(i), TREE, Forwarder.to(children)));
            Forwarder back = i == 0
                    ? Forwarder.delivering()
                    : Forwarder.to(nodes.get(i - 1).id());
            chain.add(Testbed.serve(nodes.get(i), CHAIN, back));
        }
    }

    private int links() {
        return nodes.stream()
                .mapToInt(node -> node.status().downstreams().size())
                .sum();
    }

    @Test
    void every_link_below_is_down_within_a_second_and_the_second_session_loses_nothing() {
        make();
        CheckingSink sink = Testbed.attach(nodes.getFirst(), CHAIN, new CheckingSink(CONTENT));
        NumberedSource source = Testbed.attach(nodes.getLast(), CHAIN, NumberedSource.endless(CONTENT));
        Await.until("the chain flows", () -> sink.received() > 100);

        long best = Long.MAX_VALUE;
        for (int round = 1; round <= ROUNDS && best > BOUND.toNanos(); round++) {
            try (RawPeer root = RawPeer.link(nodes.getFirst().id())) {
                for (int i = 0; i < 50; i++) {
                    root.says(Messages.data(TREE, i, 1_000));
                }
                Await.until("the tree is there, and the chain", () -> links() == 2 * (NODES - 1));
            }
            long start = System.nanoTime();
            Await.until("only the chain is left", () -> links() == NODES - 1);
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println("a tree of " + NODES + " is down after " + best / 1_000_000 + " ms");
        assertThat(best).isLessThan(BOUND.toNanos());
        for (Forwarder algorithm : tree) {
            Await.until("the end of the source is told", () -> algorithm.hasHeard(MessageType.SOURCE_FAILED));
            assertThat(algorithm.heard(MessageType.SOURCE_FAILED).getFirst().param1())
                    .isEqualTo(Domino.FAILED);
        }

        source.stop();
        Await.until("all of the chain arrive", () -> sink.received() == source.produced());
        assertThat(sink.account()).isEqualTo(CheckingSink.intact(source.produced()));
        for (Forwarder algorithm : chain) {
            assertThat(algorithm.heard(MessageType.SOURCE_FAILED)).isEmpty();
        }
    }
}
