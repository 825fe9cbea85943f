package ioverlay.algo.coding.arq;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.util.Set;

/** A message that is kept for neighbours that have not acknowledged it, or until it is its turn to be delivered. */
final class Stored {
    private final Message message;
    private final boolean isCopy;
    private final long sinceNs;
    private final Set<NodeId> open;
    private boolean delivered;

    Stored(Message message, boolean isCopy, long sinceNs, Set<NodeId> open, boolean delivered) {
        this.message = message;
        this.isCopy = isCopy;
        this.sinceNs = sinceNs;
        this.open = open;
        this.delivered = delivered;
    }

    Message message() {
        return message;
    }

    /** Whether it is not the engine that keeps it. */
    boolean isCopy() {
        return isCopy;
    }

    int copiedBytes() {
        return isCopy ? Header.BYTES + message.payloadSize() : 0;
    }

    /** The same with a copy of the message, which the engine does not hold any longer. */
    Stored copied() {
        return new Stored(message.copy(), true, sinceNs, open, delivered);
    }

    boolean isOlderThan(long ns, long nowNs) {
        return nowNs - sinceNs >= ns;
    }

    /** Who has not acknowledged it. */
    Set<NodeId> open() {
        return open;
    }

    /** Whether the application has it, or does not get it. */
    boolean isDelivered() {
        return delivered;
    }

    void delivered() {
        delivered = true;
    }

    boolean isDone() {
        return delivered && open.isEmpty();
    }
}
