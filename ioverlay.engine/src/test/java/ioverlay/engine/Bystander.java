package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.MessageType;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.io.counts.Count;
import ioverlay.io.opening.Limits;
import java.util.List;

/**
 * A node that somebody misbehaves to, and a healthy link to it on which traffic flows all the while: nothing of that may
 * be lost, doubled, reordered or changed.
 */
final class Bystander implements AutoCloseable {
    private static final Content CONTENT = new Content(0, 3_000);
    private static final int ENOUGH = 200;

    private static final int LOOKS = 100;

    final Testbed testbed;
    final Node node;
    private final Node source;
    private final NumberedSource numbers;
    private final CheckingSink sink;
    private final Forwarder sourceAlgorithm;
    private final LogLines log = new LogLines();

    Bystander(Limits limits, int bufferBytes, int maxPayload) {
        testbed = Testbed.open(limits);
        node = testbed.node("node", bufferBytes, maxPayload, 0);
        Testbed.serve(node, Forwarder.delivering());
        sink = Testbed.attach(node, Testbed.APP, new CheckingSink(CONTENT));
        source = testbed.node("source", bufferBytes, maxPayload, 0);
        sourceAlgorithm = Testbed.serve(source, Forwarder.to(node.id()));
        numbers = Testbed.attach(source, Testbed.APP, NumberedSource.endless(CONTENT));
        flowsOn();
    }

    LogLines log() {
        return log;
    }

    long count(Count what) {
        return Testbed.count(node, what.label());
    }

    /** Waits for the counter. */
    void counts(Count what, long howMany) {
        Await.until(what.label() + " = " + howMany, () -> count(what) >= howMany);
        assertThat(count(what)).as(what.label()).isEqualTo(howMany);
    }

    /** Waits for a line in the log with all of these parts. */
    void logs(String... parts) {
        Await.until(
                "a log line with " + String.join(" and ", parts),
                () -> !log.warnings(parts).isEmpty());
    }

    /** Waits for an event with all of these parts in its sentence. */
    void tells(String kind, String... parts) {
        Await.until(
                "an event " + kind + " with " + String.join(" and ", parts),
                () -> testbed.happened(kind).stream()
                        .anyMatch(event -> List.of(parts).stream().allMatch(event.sentence()::contains)));
    }

    /** Waits until the node has no upstream but the healthy one. */
    void hasOneUpstream() {
        int[] inARow = {0}; // who was let in a moment ago may not be an upstream yet
        Await.until("one upstream", () -> {
            List<LinkStatus> upstreams = node.status().upstreams();
            boolean alone = upstreams.size() == 1 && upstreams.getFirst().peer().equals(source.id());
            inARow[0] = alone ? inARow[0] + 1 : 0;
            return inARow[0] == LOOKS;
        });
    }

    /** Sees some more messages arrive. */
    void flowsOn() {
        long before = sink.received();
        Await.until("messages on the healthy link", () -> sink.received() >= before + ENOUGH);
    }

    /** After what happened: the healthy link goes on, and everything ever sent on it arrives as it should. */
    void isUntouched() {
        flowsOn();
        numbers.stop();
        Await.until("all messages on the healthy link", () -> sink.received() == numbers.produced());
        assertThat(sink.account()).isEqualTo(CheckingSink.intact(numbers.produced()));
        assertThat(sourceAlgorithm.heard(MessageType.LINK_FAILED)).isEmpty();
        assertThat(sourceAlgorithm.heard(MessageType.LINK_CLOSED)).isEmpty();
        assertThat(log.errors()).isEmpty();
    }

    @Override
    public void close() {
        testbed.close();
        log.close();
    }
}
