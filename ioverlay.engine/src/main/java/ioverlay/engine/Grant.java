package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.engine.memory.Range;
import ioverlay.engine.wire.Credit;

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
    private long saidBytes;

    /** Once more than this was taken, the sender has read a credit that was outstanding. */
    private long provenBytes;

    /** Volatile: the turn grants, the link's thread checks that the sender keeps to it. */
    private volatile long limitBytes;

    Grant(Port port, Reverse reverse, int creditType, int windowBytes, Runnable afterwards) {
        this.port = port;
        this.reverse = reverse;
        this.creditType = creditType;
        this.windowBytes = windowBytes;
        this.afterwards = afterwards;
        this.limitBytes = windowBytes;
        this.provenBytes = windowBytes;
        port.whenTaken(this::taken);
    }

    /** A message may begin while the limit is not reached, so one message may reach beyond it. */
    void arrived(Range range) throws ProtocolException {
        long before = port.arrivedBytes();
        if (before + range.bytes() > limitBytes + Header.BYTES + Header.MAX_PAYLOAD) {
            range.slab().release();
            throw new ProtocolException(
                    Count.LINKS_BROKEN_CREDIT,
                    "was granted " + limitBytes + " bytes for application " + Integer.toUnsignedString(port.application)
                            + " and sent " + (before + range.bytes()));
        }
        port.arrived(range);
    }

    private void taken() {
        if (port.takenBytes() - saidBytes >= windowBytes / 2) {
            settle();
        }
        afterwards.run();
    }

    /** Says what was taken, and grants as much again. */
    void settle() {
        if (port.takenBytes() == saidBytes) {
            return;
        }
        saidBytes = port.takenBytes();
        if (saidBytes > provenBytes) {
            provenBytes = limitBytes;
            reverse.proven();
        }
        limitBytes = saidBytes + windowBytes;
        reverse.credit(creditType, new Credit(port.application, limitBytes, saidBytes, port.takenMessages()));
    }
}
