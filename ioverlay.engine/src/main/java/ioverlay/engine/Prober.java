package ioverlay.engine;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.opening.Dialler;
import ioverlay.io.shared.Clock;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Echoes;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Measures the round-trip time to any node, also one that this node has no link to: a short connection, a few echoes
 * that the other side's own thread answers, the least of them.
 *
 * <p><b>Threads:</b> asked in the turn, measures on a virtual thread, answers by a notice.
 */
final class Prober {
    /** Measurements of one node at a time. */
    static final int MAX_AT_ONCE = 8;

    private static final int ECHOES = 3;

    private final Switch node;
    private final Dialler dialler;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    Prober(Switch node, Dialler dialler, Clock clock) {
        this.node = node;
        this.dialler = dialler;
        this.clock = clock;
    }

    void measure(Slot slot, int requestId, NodeId peer) {
        if (!places.tryAcquire()) {
            answer(slot, requestId, failure(peer, "at most " + MAX_AT_ONCE + " measurements run at once"));
            return;
        }
        node.threads().start("probe-" + peer, () -> {
            try {
                JsonObject answer = probe(peer);
                node.post(() -> answer(slot, requestId, answer));
            } finally {
                places.release();
            }
        });
    }

    private void answer(Slot slot, int requestId, JsonObject answer) {
        ByteBuffer payload = ByteBuffer.wrap(answer.toString().getBytes(StandardCharsets.UTF_8));
        slot.tell(Notice.of(node.self(), MessageType.MEASURED, slot.application, Header.params(requestId, 0), payload));
    }

    private JsonObject probe(NodeId peer) {
        Future<?> deadline = null;
        try (SocketChannel channel = SocketChannel.open()) {
            deadline = Channels.closeAfter(dialler.openMs() - 100, channel, clock);
            dialler.connect(channel, peer, node.hello(Hello.PROBE));
            long leastNs = Long.MAX_VALUE;
            for (int id = 1; id <= ECHOES; id++) {
                leastNs = Math.min(leastNs, Echoes.roundTripNs(channel, node.self(), id));
            }
            return answer(peer, "roundTripMicros", new JsonPrimitive(leastNs / 1_000.0));
        } catch (IOException e) {
            return failure(peer, String.valueOf(e.getMessage()));
        } finally {
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    private static JsonObject failure(NodeId peer, String why) {
        return answer(peer, "failure", new JsonPrimitive(why));
    }

    private static JsonObject answer(NodeId peer, String what, JsonPrimitive value) {
        JsonObject answer = new JsonObject();
        answer.addProperty("node", peer.toString());
        answer.add(what, value);
        return answer;
    }
}
