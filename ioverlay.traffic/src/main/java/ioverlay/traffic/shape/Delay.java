package ioverlay.traffic.shape;

import java.util.SplittableRandom;

/**
 * Latency and jitter of one direction of a link, and what it loses.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class Delay {
    /** Nothing is late and nothing lost. */
    public static final Delay NONE = new Delay(0, 0, 0, 0);

    private final long latencyNs;
    private final long jitterNs;
    private final double loss;
    private final SplittableRandom random;
    private final long seed;

    /**
     * A line.
     *
     * @param jitterNs at most the latency; delays are spread evenly over latency ± jitter
     * @param loss share of messages, 0 to 1
     * @param seed of jitter and loss
     */
    public Delay(long latencyNs, long jitterNs, double loss, long seed) {
        this.latencyNs = latencyNs;
        this.jitterNs = jitterNs;
        this.loss = loss;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** Whether each message has a fate of its own. */
    public boolean isPerMessage() {
        return jitterNs > 0 || loss > 0;
    }

    /** Whether nothing is late and nothing lost. */
    public boolean isNone() {
        return latencyNs == 0 && loss == 0;
    }

    /** Whether it is made like the other one, which may have gone on since. */
    public boolean isLike(Delay other) {
        return latencyNs == other.latencyNs
                && jitterNs == other.jitterNs
                && loss == other.loss
                && (seed == other.seed || !isPerMessage());
    }

    /** When what enters now comes out; whoever keeps messages in order lets none out before the one before it. */
    public long releaseNs(long nowNs) {
        return nowNs + latencyNs + (jitterNs == 0 ? 0 : random.nextLong(-jitterNs, jitterNs + 1));
    }

    /** Whether the next message is lost. */
    public boolean loses() {
        return loss > 0 && random.nextDouble() < loss;
    }

    /** The longest delay, in nanoseconds. */
    public long mostNs() {
        return latencyNs + jitterNs;
    }
}
