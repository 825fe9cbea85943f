package ioverlay.engine;

import ioverlay.io.counts.Count;
import ioverlay.io.memory.Range;
import ioverlay.io.wire.Credit;
import ioverlay.io.wire.ProtocolException;
import ioverlay.io.wire.Reverse;

/**
 * The credit of one application on an accepted link: as much as its window holds, renewed whenever half of it was taken.
 *
 * <p><b>Threads:</b> {@link #arrived} from the link's thread, the rest from the turn.
 */
final class Grant {
    final Port port;
    private final Reverse reverse;
    private final int creditType;
    private final int windowBytes;
    private final Runnable afterwards;

    /** It has brought data and has not said QUIET since. The link's thread. */
    boolean restless;

    /**
     * Volatile: the link's thread says that nothing more is expected, so that the turn says what was taken as soon as that
     * is all, without waiting for half a window.
     */
    private volatile boolean quiet;

    private long saidBytes;

    /** Of a capped upstream: no more than what goes in a while. */
    private int cappedBytes = Integer.MAX_VALUE;

    /** And as much more as is under way, if its sender is late on purpose. */
    private int lateBytes;

    /** Volatile: the turn grants, the link's thread checks that the sender keeps to it. */
    private volatile long limitBytes;

    Grant(Port port, Reverse reverse, int creditType, int windowBytes, int firstBytes, Runnable afterwards) {
        this.port = port;
        this.reverse = reverse;
        this.creditType = creditType;
        this.windowBytes = windowBytes;
        this.afterwards = afterwards;
        this.limitBytes = firstBytes;
        port.whenTaken(this::taken);
    }

    /**
     * Whole messages have come. A message may begin while the limit is not reached, so the last may reach beyond it.
     *
     * @param lastBytes of the last of them
     */
    void arrived(Range range, int lastBytes) throws ProtocolException {
        long before = port.arrivedBytes();
        if (before + range.bytes() - lastBytes >= limitBytes) {
            range.slab().release();
            throw new ProtocolException(
                    Count.LINKS_BROKEN_CREDIT,
                    "was granted " + limitBytes + " bytes for application " + Integer.toUnsignedString(port.application)
                            + " and sent " + (before + range.bytes()));
        }
        port.arrived(range);
    }

    /** The link's thread: what has come is acknowledged as soon as all of it was taken. */
    void quiet() {
        quiet = true;
    }

    /** The turn has taken something, or is to look again. */
    void taken() {
        boolean all = quiet;
        if (all) {
            quiet = false; // before the look: what comes after it is said to be quiet anew
            all = port.isEmpty();
            if (!all) {
                quiet = true;
            }
        }
        // A capped one earlier: what it may have here is little, and a busy host may be late with the credit.
        long step = Math.min(window() / 2, here() / 4);
        if (all || limitBytes - port.takenBytes() <= window() - step) {
            settle();
        }
        afterwards.run();
    }

    /** The most that may be pending, but for two messages; what was granted stays granted. */
    void cap(int bytes, int late) {
        cappedBytes = bytes;
        lateBytes = late;
        taken();
    }

    private int window() {
        return (int) Math.min(windowBytes, here() + lateBytes);
    }

    private long here() {
        long two = 2 * port.takenBytes() / Math.max(1, port.takenMessages());
        return Math.max(two, cappedBytes);
    }

    /** Says what was taken, and grants as much again. */
    void settle() {
        long limit = Math.max(limitBytes, port.takenBytes() + window());
        if (port.takenBytes() == saidBytes && limit == limitBytes) {
            return;
        }
        saidBytes = port.takenBytes();
        limitBytes = limit;
        reverse.credit(creditType, new Credit(port.application, limitBytes, saidBytes, port.takenMessages()));
    }
}
