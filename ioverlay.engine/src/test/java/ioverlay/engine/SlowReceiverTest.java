package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Delivery;
import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of three receivers is slow: what that means for the others depends on the session's delivery. */
class SlowReceiverTest {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final Content CONTENT = Content.of(5_000);
    private static final Duration ROUND = Duration.ofMillis(250);

    private final Testbed testbed = Testbed.open();
    private final List<Node> leaves = new ArrayList<>();
    private final List<CheckingSink> sinks = new ArrayList<>();
    private Node root;

    @AfterEach
    void close() {
        testbed.close();
    }

    private NumberedSource sessionOfThree(Delivery delivery) {
        NodeId[] ids = new NodeId[3];
        for (int i = 0; i < 3; i++) {
            Node leaf = testbed.node("leaf" + i, BUFFER_BYTES);
            Testbed.serve(leaf, Forwarder.delivering());
            sinks.add(Testbed.attach(leaf, Testbed.APP, new CheckingSink(CONTENT)));
            leaves.add(leaf);
            ids[i] = leaf.id();
        }
        root = testbed.node("root", BUFFER_BYTES);
        Testbed.serve(root, Forwarder.to(ids));
        return Testbed.attach(root, Testbed.APP, new NumberedSource(CONTENT, delivery, Long.MAX_VALUE));
    }

    @Test
    void in_a_reliable_session_the_slowest_holds_the_others_back_and_loses_nothing() {
        NumberedSource source = sessionOfThree(Delivery.RELIABLE);
        CheckingSink slowest = sinks.get(2);
        Await.until("the session runs", () -> slowest.received() > 100);

        slowest.shut();
        long[] last = {-1};
        Await.until("the source stands still", () -> {
            long before = last[0];
            Await.passes(Duration.ofMillis(100));
            last[0] = source.produced();
            return before == last[0];
        });
        long queues = 4L * (BUFFER_BYTES / (CONTENT.most() + Header.BYTES) + 2);
        assertThat(sinks.get(0).received() - slowest.received())
                .as("what the fast one is ahead is what the queues of the slow one hold")
                .isBetween(1L, queues);

        slowest.reopen();
        Await.until("the session runs again", () -> sinks.get(0).received() > last[0] + 100);
        source.stop();
        for (CheckingSink sink : sinks) {
            Await.until("all arrive at each", () -> sink.received() == source.produced());
            assertThat(sink.account()).isEqualTo(CheckingSink.intact(source.produced()));
        }
    }

    @Test
    void in_a_live_session_the_others_run_at_full_rate_while_the_slow_one_stands() {
        sessionOfThree(Delivery.LIVE);
        CheckingSink fast = sinks.get(0);
        CheckingSink slow = sinks.get(2);
        Await.until("the session runs", () -> slow.received() > 1_000);

        Rates rates = Rates.reaching(
                0.5,
                "live session, a fast receiver beside a standing one",
                () -> Rates.alternating(3, ROUND, fast::received, slow::reopen, slow::shut));
        assertThat(rates.ratio()).as("%s", rates).isGreaterThan(0.5);
    }

    @Test
    void in_a_live_session_every_message_arrives_in_order_or_is_counted_as_skipped() {
        NumberedSource source = sessionOfThree(Delivery.LIVE);
        sinks.get(2).slow(Duration.ofMillis(1));
        Await.until("the slow one misses something", () -> sinks.get(2).skipped() > 1_000);
        source.stop();

        Await.until("each of 3 times " + source.produced() + " messages is accounted for", () -> {
            long delivered = sinks.stream().mapToLong(CheckingSink::received).sum();
            long skipped = Testbed.count(root, "messages.skipped")
                    + leaves.stream()
                            .mapToLong(leaf -> Testbed.count(leaf, "messages.skipped"))
                            .sum();
            return delivered + skipped == 3 * source.produced();
        });
        assertThat(sinks).allMatch(sink -> sink.backwards() == 0 && sink.corrupt() == 0);
    }
}
