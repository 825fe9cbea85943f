package ioverlay.testkit;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.RefusedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an algorithm asks of its engine, as messages to the node itself, and what becomes of it. */
final class Requests {
    private static final int MAX_WEIGHT = 1000;
    private static final int MAX_MEASUREMENTS = 8;
    private static final int LEAST_REPORT_MS = 100;
    private static final int MOST_REPORT_MS = 3_600_000;
    private static final int MOST_GRACE_MS = 600_000;
    private static final long NO_ANSWER_NS = Duration.ofSeconds(5).toNanos();
    private static final long NO_BANDWIDTH_NS = Duration.ofSeconds(10).toNanos();

    /** Says something to the algorithm, after a while. */
    interface Answers {
        void answer(long afterNs, int requestId, JsonObject answer);
    }

    private final Timers timers;
    private final Answers answers;
    private final Links links;
    private final Map<NodeId, Duration> roundTrips = new HashMap<>();
    private final Map<NodeId, Double> bandwidths = new HashMap<>();
    private final Map<NodeId, Integer> weights = new HashMap<>();
    private final List<String> traces = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private int measurements;
    private Emulation emulation = Emulation.NONE;
    private int reportMillis;
    private int graceMillis;

    Requests(Timers timers, Links links, Answers answers) {
        this.timers = timers;
        this.links = links;
        this.answers = answers;
    }

    void handle(Message request, long nowNs) {
        try {
            String refusal = serve(request, nowNs);
            if (!refusal.isEmpty()) {
                refuse(refusal);
            }
        } catch (RefusedException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            refuse("a request of type 0x" + Integer.toHexString(request.type()) + " has a broken payload: " + e);
        }
    }

    private String serve(Message request, long nowNs) {
        switch (request.type()) {
            case MessageType.SET_TIMER -> {
                return timer(request, nowNs);
            }
            case MessageType.CANCEL_TIMER -> timers.cancel(request.param1());
            case MessageType.SET_WEIGHT -> {
                return weight(request);
            }
            case MessageType.MEASURE -> measure(request, NodeId.read(request.payload()));
            case MessageType.EMULATE -> emulation = emulation.changed(Payloads.json(request), links::has);
            case MessageType.SET_REPORTS -> {
                return reports(request.param1());
            }
            case MessageType.SET_GRACE -> {
                return grace(request.param1());
            }
            case MessageType.PART -> NodeId.read(request.payload()); // no links here that could go
            case MessageType.TRACE -> traces.add(request.text());
            default -> {
                return "the engine knows no request of type 0x" + Integer.toHexString(request.type());
            }
        }
        return "";
    }

    private String timer(Message request, long nowNs) {
        ByteBuffer times = request.payload();
        long delayNs = times.getLong();
        long periodNs = times.getLong();
        if (delayNs < 0 || periodNs < 0) {
            return "a timer's delay and period are not negative: " + delayNs + " and " + periodNs + " ns";
        }
        return timers.set(request.param1(), nowNs, delayNs, periodNs)
                ? ""
                : "a slot has at most " + Timers.MAX_TIMERS + " timers";
    }

    private String weight(Message request) {
        int weight = request.param1();
        NodeId upstream = NodeId.read(request.payload());
        if (weight < 1 || weight > MAX_WEIGHT) {
            return "a weight is 1 to " + MAX_WEIGHT + ", not " + weight;
        }
        weights.put(upstream, weight);
        return "";
    }

    private String reports(int millis) {
        if (millis != 0 && (millis < LEAST_REPORT_MS || millis > MOST_REPORT_MS)) {
            return "reports come every " + LEAST_REPORT_MS + " to " + MOST_REPORT_MS + " ms, or 0 for none, not every "
                    + millis;
        }
        reportMillis = millis;
        return "";
    }

    private String grace(int millis) {
        if (millis < 0 || millis > MOST_GRACE_MS) {
            return "a grace is 0 to " + MOST_GRACE_MS + " ms, not " + millis;
        }
        graceMillis = millis;
        return "";
    }

    private void measure(Message request, NodeId node) {
        int requestId = request.param1();
        boolean bandwidth = request.param2() == 1;
        JsonObject answer = new JsonObject();
        answer.addProperty("node", node.toString());
        Duration roundTrip = roundTrips.get(node);
        measurements++;
        if (measurements > MAX_MEASUREMENTS) {
            answer.addProperty("failure", "at most " + MAX_MEASUREMENTS + " measurements run at once");
            answers.answer(0, requestId, answer);
        } else if (roundTrip == null) {
            answer.addProperty("failure", node + " gave no answer");
            answers.answer(NO_ANSWER_NS, requestId, answer);
        } else if (bandwidth && !bandwidths.containsKey(node)) {
            answer.addProperty("failure", node + " did not say how much has arrived");
            answers.answer(NO_BANDWIDTH_NS, requestId, answer);
        } else {
            answer.addProperty("roundTripMicros", roundTrip.toNanos() / 1_000.0);
            if (bandwidth) {
                answer.addProperty("bytesPerSecond", bandwidths.get(node));
            }
            answers.answer(roundTrip.toNanos(), requestId, answer);
        }
    }

    /** An answer to a measurement has been given. */
    void answered() {
        measurements--;
    }

    void refuse(String why) {
        refusals.add(why);
    }

    void roundTrip(NodeId node, Duration time) {
        roundTrips.put(node, time);
    }

    void bandwidth(NodeId node, double bytesPerSecond) {
        bandwidths.put(node, bytesPerSecond);
    }

    Emulation emulation() {
        return emulation;
    }

    Duration reportInterval() {
        return Duration.ofMillis(reportMillis);
    }

    Duration grace() {
        return Duration.ofMillis(graceMillis);
    }

    Map<NodeId, Integer> weights() {
        return weights;
    }

    List<String> traces() {
        return traces;
    }

    List<String> refusals() {
        return refusals;
    }
}
