package ioverlay.traffic.shape;

/**
 * One cap for what comes and what goes together. While both sides wait for it, they take turns by bytes, so that neither
 * keeps the other out.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class TwoWay {
    /** A turn is what goes within this part of a second: several bursts, so that none is wasted on changing over. */
    private static final int TURNS_PER_SECOND = 200;

    private final Schedule both;
    private final Side in = new Side();
    private final Side out = new Side();

    /** Two sides of a schedule. */
    public TwoWay(Schedule both) {
        this.both = both;
    }

    /** What comes. */
    public Cap in() {
        return in;
    }

    /** What goes. */
    public Cap out() {
        return out;
    }

    private final class Side implements Cap {
        /** It could not go when it last wanted to; forgotten once the other side has given way for it. */
        private boolean waits;

        /** Bytes that it has had more than the other one, while that waited. */
        private long lead;

        /** Until then it has given way. */
        private long heldNs;

        private Side other() {
            return this == in ? out : in;
        }

        @Override
        public long allowance(long nowNs) {
            long bytes = nowNs < heldNs ? 0 : both.allowance(nowNs);
            Side other = other();
            boolean yields = bytes > 0 && other.waits && lead > both.bytesPerSecond() / TURNS_PER_SECOND;
            if (yields) {
                other.waits = false; // one chance: it may not want it any more
                heldNs = nowNs + Schedule.BURST_NS;
            }
            waits = bytes == 0 || yields;
            if (waits) {
                return 0;
            }
            return other.waits ? 1 + bytes / 2 : bytes;
        }

        @Override
        public long dueNs() {
            return Math.max(both.dueNs(), heldNs);
        }

        @Override
        public void charge(long bytes, long nowNs) {
            both.charge(bytes, nowNs);
            Side other = other();
            lead = other.waits ? lead + bytes : 0;
            other.lead = -lead;
        }
    }
}
