package ioverlay.engine;

import ioverlay.io.memory.Range;
import ioverlay.io.wire.Credit;

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

    /** Volatile: the link's thread says that nothing more is expected, so the turn need not wait for half a window. */
    private volatile boolean quiet;

    private long saidBytes;

    /** Volatile: the turn grants, the link's thread checks that the sender keeps to it. */
    private volatile long limitBytes;

    Grant(Port port, Reverse reverse, int creditType, int windowBytes, Runnable afterwards) {
        this.port = port;
        this.reverse = reverse;
        this.creditType = creditType;
        this.windowBytes = windowBytes;
        this.afterwards = afterwards;
        this.limitBytes = windowBytes;
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
        if (port.takenBytes() - saidBytes >= windowBytes / 2 || (quiet && port.isEmpty())) {
            settle();
        }
        afterwards.run();
    }

    /** Says what was taken, and grants as much again. */
    void settle() {
        quiet = false;
        if (port.takenBytes() == saidBytes) {
            return;
        }
        saidBytes = port.takenBytes();
        limitBytes = saidBytes + windowBytes;
        reverse.credit(creditType, new Credit(port.application, limitBytes, saidBytes, port.takenMessages()));
    }
}
