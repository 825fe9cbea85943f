package ioverlay.engine;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import ioverlay.io.counts.Count;
import ioverlay.io.message.Notice;
import ioverlay.io.probe.Prober;
import ioverlay.io.shared.Timers;
import ioverlay.traffic.shape.Weights;
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
        } catch (RefusedException e) {
            refuse(slot, String.valueOf(e.getMessage()));
        } catch (BufferUnderflowException | IllegalArgumentException | IllegalStateException | JsonParseException e) {
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
            case MessageType.MEASURE -> {
                if (request.param2() != 0 && request.param2() != 1) {
                    return "a measurement is of the round trip (0), or of the bandwidth, too (1), not "
                            + request.param2();
                }
                measure(slot, request);
            }
            case MessageType.SET_GRACE -> {
                return Domino.grace(slot, request.param1());
            }
            case MessageType.PART -> node.links().domino().part(NodeId.read(request.payload()), request.application());
            case MessageType.EMULATE -> {
                JsonObject change = JsonParser.parseString(request.text()).getAsJsonObject();
                node.caps().change(change);
                JsonObject detail = slot.detail();
                detail.add("change", change);
                node.happened("network.changed", "its algorithm has changed its emulated network", detail);
            }
            case MessageType.TRACE -> trace(slot, request);
            case MessageType.SET_REPORTS -> {
                int millis = request.param1();
                return slot.reports.every(millis)
                        ? ""
                        : "reports come every " + Reports.LEAST_MS + " to " + Reports.MOST_MS
                                + " ms, or 0 for none, not every " + millis;
            }
            default -> {
                return "the engine knows no request of type 0x" + Integer.toHexString(request.type());
            }
        }
        return "";
    }

    private void measure(Slot slot, Message request) {
        int id = request.param1();
        prober.measure(
                NodeId.read(request.payload()),
                request.param2() == 1,
                found -> node.post(() -> slot.tell(Notice.of(
                        node.self(),
                        MessageType.MEASURED,
                        slot.application,
                        Header.params(id, 0),
                        ByteBuffer.wrap(found.toJson().toString().getBytes(StandardCharsets.UTF_8))))));
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
        if (!node.weigh(slot.application, upstream, weight)) {
            return "a node remembers no more weights";
        }
        JsonObject detail = slot.detail();
        detail.addProperty("upstream", upstream.toString());
        detail.addProperty("weight", weight);
        node.happened("weight.changed", "its algorithm gives " + upstream + " the weight " + weight, detail);
        return "";
    }

    private void trace(Slot slot, Message request) {
        node.happened("trace", request.text(), slot.detail());
    }

    private void refuse(Slot slot, String why) {
        node.counters().add(Count.CONTROL_REFUSED);
        node.happened("request.refused", why, slot.detail());
    }
}
