package ioverlay.app;

/**
 * The ideal timeline of a constant rate: when the next byte is due does not depend on when earlier ones were sent, so
 * lateness never adds up. Who was held up catches up, but not by more than {@link #MOST_BEHIND_NS} of its rate: the
 * timeline then moves, so that a long wait does not end in a burst as long.
 */
final class Pace {
    /** The most that is caught up, in nanoseconds. */
    static final long MOST_BEHIND_NS = 200_000_000;

    /** The highest rate, in bytes per second. */
    static final long MAX_RATE = 1_000_000_000_000L;

    private static final double NS_PER_SECOND = 1e9;

    private final long bytesPerSecond;
    private long start;
    private long sent;
    private boolean started;
    private long slippedNs;

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** When the next byte is due; the first call starts the timeline. */
    long due(long now) {
        if (!started) {
            started = true;
            start = now;
        }
        long due = start + nanosFor(sent);
        long slip = now - due - MOST_BEHIND_NS;
        if (slip > 0) {
            start += slip;
            slippedNs += slip;
            due += slip;
        }
        return due;
    }

    /** Whole seconds and the rest apart: bytes times 10^9 leaves a long after 9 GB. */
    private long nanosFor(long bytes) {
        long rest = bytes % bytesPerSecond;
        return bytes / bytesPerSecond * (long) NS_PER_SECOND + (long) (rest * (NS_PER_SECOND / bytesPerSecond));
    }

    /** Moves along the timeline. */
    void sent(long bytes) {
        sent += bytes;
    }

    /** By how much the timeline had to move, altogether. */
    long slippedNs() {
        return slippedNs;
    }
}
