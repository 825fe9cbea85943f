package ioverlay.api.container;

import ioverlay.api.NodeId;
import java.util.OptionalLong;

/**
 * What one direction between a node and a neighbour does to traffic. Latency, jitter and loss are the sender's matter:
 * they belong to {@link Way#TO} alone.
 *
 * @param way to the neighbour, or from it
 * @param peer the neighbour
 * @param bytesPerSecond at most; empty is no cap
 * @param latencyMicros that each message takes at least, on average; up to 60 s
 * @param jitterMicros by which that differs, evenly both ways; at most the latency. Messages stay in order
 * @param loss share of the data messages that are lost, 0 to 1; control is never lost
 */
public record LinkEmulation(
        Way way, NodeId peer, OptionalLong bytesPerSecond, long latencyMicros, long jitterMicros, double loss) {
    /** The lowest rate, in bytes per second. */
    public static final long LEAST_RATE = 100;

    /** The highest rate, in bytes per second. */
    public static final long MOST_RATE = 1_000_000_000_000L;

    /** The longest latency, in microseconds. */
    public static final long MOST_LATENCY_MICROS = 60_000_000;

    static final String LATENCY_RULE = "a latency is 0 to " + MOST_LATENCY_MICROS / 1000 + " ms";
    static final String JITTER_RULE = "a jitter is 0 ms to the latency";
    static final String LOSS_RULE = "a loss is 0 to 1";

    /** Which direction, as the node sees it. */
    public enum Way {
        /** What the node sends to the neighbour. */
        TO,
        /** What the neighbour sends to the node. */
        FROM
    }

    /**
     * Checks every value.
     *
     * @throws RefusedException with the rule and the value
     */
    public LinkEmulation {
        requireRate(bytesPerSecond, "a link's cap");
        if (way == Way.FROM && (latencyMicros > 0 || jitterMicros > 0 || loss > 0)) {
            throw new RefusedException(
                    "latency, jitter and loss belong to a link 'to' a neighbour, not 'from' " + peer);
        }
        if (latencyMicros < 0 || latencyMicros > MOST_LATENCY_MICROS) {
            throw new RefusedException(LATENCY_RULE + ", not '" + latencyMicros / 1000.0 + "'");
        }
        if (jitterMicros < 0 || jitterMicros > latencyMicros) {
            throw new RefusedException(JITTER_RULE + ", not '" + jitterMicros / 1000.0 + "'");
        }
        if (!(loss >= 0 && loss <= 1)) {
            throw new RefusedException(LOSS_RULE + ", not '" + loss + "'");
        }
        loss = loss == 0 ? 0 : loss; // there is no negative zero
    }

    /** A link as it is without emulation. */
    static LinkEmulation plain(Way way, NodeId peer) {
        return new LinkEmulation(way, peer, OptionalLong.empty(), 0, 0, 0);
    }

    /** Whether it says nothing: no cap, no latency, no loss. */
    public boolean isPlain() {
        return bytesPerSecond.isEmpty() && latencyMicros == 0 && loss == 0;
    }

    static void requireRate(OptionalLong rate, String whose) {
        if (rate.isPresent() && (rate.getAsLong() < LEAST_RATE || rate.getAsLong() > MOST_RATE)) {
            throw new RefusedException(rateRule(whose) + ", not '" + rate.getAsLong() + "'");
        }
    }

    static String rateRule(String whose) {
        return whose + " is " + LEAST_RATE + " to " + MOST_RATE + " whole bytes per second, or off (null)";
    }
}
