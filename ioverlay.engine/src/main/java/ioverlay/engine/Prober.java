package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.Measurement;
import ioverlay.io.message.Notice;
import ioverlay.io.opening.Dialler;
import ioverlay.io.probe.Conditions;
import ioverlay.io.probe.Probe;
import ioverlay.io.shared.Clock;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Measures the way to any node, for algorithms and for the control plane; how many at a time is bounded.
 *
 * <p><b>Threads:</b> {@link #measure(NodeId, boolean)} blocks its caller. Asked in the turn, it measures on a virtual
 * thread and answers by a notice.
 */
final class Prober {
    /** Measurements of one node at a time. */
    static final int MAX_AT_ONCE = 8;

    /** For another measurement of a bandwidth to end: each takes a fraction of a second, or fails. */
    private static final long TRAIN_WAIT_MS = 1_500;

    private final Switch node;
    private final Probe probe;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    /** One train at a time: two would measure each other. */
    private final Semaphore train = new Semaphore(1);

    Prober(Switch node, Dialler dialler, Clock clock) {
        this.node = node;
        this.probe = new Probe(dialler, clock);
    }

    /** The caps of a node, as those who measure meet them. */
    static Conditions conditions(Switch node) {
        return (peer, outward, bytes) -> {
            try {
                return Node.ask(node, () -> node.caps().terms(peer, outward, bytes));
            } catch (IllegalStateException e) {
                throw new IOException(e.getMessage(), e);
            }
        };
    }

    void measure(Slot slot, int requestId, NodeId peer, boolean bandwidth) {
        boolean started = node.threads().start("probe-" + peer, () -> {
            JsonObject answer = measure(peer, bandwidth).toJson();
            node.post(() -> answer(slot, requestId, answer));
        });
        if (!started) {
            answer(slot, requestId, failed(peer, "the node closes").toJson());
        }
    }

    private void answer(Slot slot, int requestId, JsonObject answer) {
        ByteBuffer payload = ByteBuffer.wrap(answer.toString().getBytes(StandardCharsets.UTF_8));
        slot.tell(Notice.of(node.self(), MessageType.MEASURED, slot.application, Header.params(requestId, 0), payload));
    }

    Measurement measure(NodeId peer, boolean bandwidth) {
        if (!places.tryAcquire()) {
            return failed(peer, "at most " + MAX_AT_ONCE + " measurements run at once");
        }
        try {
            return bandwidth ? alone(peer) : probe(peer, false);
        } finally {
            places.release();
        }
    }

    private Measurement alone(NodeId peer) {
        try {
            if (!train.tryAcquire(TRAIN_WAIT_MS, TimeUnit.MILLISECONDS)) {
                return failed(peer, "another measurement of a bandwidth is under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(peer, "interrupted while another measurement was under way");
        }
        try {
            return probe(peer, true);
        } finally {
            train.release();
        }
    }

    private Measurement probe(NodeId peer, boolean bandwidth) {
        try {
            Probe.Findings found = probe.measure(peer, node.hello(Hello.PROBE), bandwidth, conditions(node));
            return new Measurement(peer, OptionalDouble.of(found.roundTripMicros()), found.bytesPerSecond(), "");
        } catch (IOException e) {
            return failed(peer, String.valueOf(e.getMessage()));
        }
    }

    private static Measurement failed(NodeId peer, String why) {
        return new Measurement(peer, OptionalDouble.empty(), OptionalDouble.empty(), why);
    }
}
