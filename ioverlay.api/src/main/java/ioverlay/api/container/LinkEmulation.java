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
        if (latencyMicros < 0 || latencyMicros > MOST_LATENCY_MICROS) {
            throw new RefusedException("a latency is 0 to 60000 ms, not '" + latencyMicros / 1000.0 + "'");
        }
        if (jitterMicros < 0 || jitterMicros > latencyMicros) {
            throw new RefusedException("a jitter is 0 ms to the latency, not '" + jitterMicros / 1000.0 + "'");
        }
        if (!(loss >= 0 && loss <= 1)) {
            throw new RefusedException("a loss is 0 to 1, not '" + loss + "'");
        }
        if (way == Way.FROM && (latencyMicros > 0 || loss > 0)) {
            throw new RefusedException("latency and loss belong to a link 'to' a neighbour, not 'from' " + peer);
        }
    }

    static void requireRate(OptionalLong rate, String whose) {
        if (rate.isPresent() && (rate.getAsLong() < LEAST_RATE || rate.getAsLong() > MOST_RATE)) {
            throw new RefusedException(whose + " is " + LEAST_RATE + " to " + MOST_RATE
                    + " bytes per second, or off, not '" + rate.getAsLong() + "'");
        }
    }
}
