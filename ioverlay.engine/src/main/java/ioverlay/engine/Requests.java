package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What an algorithm asks of its engine, as messages to the node itself. A request that breaks a rule is counted and
 * traced, and has no other effect.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Requests {
    private final Switch node;
    private final Prober prober;

    Requests(Switch node, Prober prober) {
        this.node = node;
        this.prober = prober;
    }

    void handle(Slot slot, Message request) {
        try {
            String refusal = serve(slot, request);
            if (!refusal.isEmpty()) {
                refuse(slot, refusal);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            refuse(slot, "a request of type 0x" + Integer.toHexString(request.type()) + " has a broken payload: " + e);
        }
    }

    private String serve(Slot slot, Message request) {
        switch (request.type()) {
            case MessageType.SET_TIMER -> {
                return timer(slot, request);
            }
            case MessageType.CANCEL_TIMER -> slot.timers.cancel(request.param1());
            case MessageType.SET_WEIGHT -> {
                return weight(slot, request);
            }
            case MessageType.MEASURE -> prober.measure(slot, request.param1(), NodeId.read(request.payload()));
            case MessageType.TRACE -> trace(slot, request);
            default -> {
                return "the engine knows no request of type 0x" + Integer.toHexString(request.type());
            }
        }
        return "";
    }

    private static String timer(Slot slot, Message request) {
        ByteBuffer times = request.payload();
        long delayNs = times.getLong();
        long periodNs = times.getLong();
        if (delayNs < 0 || periodNs < 0) {
            return "a timer's delay and period are not negative: " + delayNs + " and " + periodNs + " ns";
        }
        return slot.timers.set(request.param1(), delayNs, periodNs)
                ? ""
                : "a slot has at most " + Timers.MAX_TIMERS + " timers";
    }

    private String weight(Slot slot, Message request) {
        int weight = request.param1();
        NodeId upstream = NodeId.read(request.payload());
        if (weight < 1 || weight > Weights.MAX_WEIGHT) {
            return "a weight is 1 to " + Weights.MAX_WEIGHT + ", not " + weight;
        }
        if (!node.weights().set(slot.application, upstream, weight)) {
            return "a node remembers no more weights";
        }
        node.ports(upstream).forEach(node.weights()::apply);
        return "";
    }

    private void trace(Slot slot, Message request) {
        JsonObject detail = new JsonObject();
        detail.addProperty("application", Integer.toUnsignedLong(slot.application));
        node.happened("trace", request.text(), detail);
    }

    private void refuse(Slot slot, String why) {
        node.counters().add(Count.CONTROL_REFUSED);
        JsonObject detail = new JsonObject();
        detail.addProperty("application", Integer.toUnsignedLong(slot.application));
        node.happened("request.refused", why, detail);
    }

    /** The answer to a measurement, posted by the prober. */
    static Notice measured(NodeId self, int application, int requestId, JsonObject answer) {
        ByteBuffer payload = ByteBuffer.wrap(answer.toString().getBytes(StandardCharsets.UTF_8));
        return Notice.of(self, MessageType.MEASURED, application, Header.params(requestId, 0), payload);
    }
}
