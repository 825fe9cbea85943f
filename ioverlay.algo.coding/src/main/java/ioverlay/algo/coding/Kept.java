package ioverlay.algo.coding;

import ioverlay.api.Message;

/** A message that is kept beyond its call: held by the engine, or built here. */
final class Kept {
    private final Message message;
    private final boolean isBuilt;
    private final long sinceNs;

    /** Whether the application has it, or never will. */
    private boolean delivered;

    /** Whether nothing of the other stream needs it any more. */
    private boolean paired;

    private Kept(Message message, boolean isBuilt, long sinceNs) {
        this.message = message;
        this.isBuilt = isBuilt;
        this.sinceNs = sinceNs;
    }

    /** One that the engine holds. */
    static Kept held(Message message, long nowNs) {
        return new Kept(message, false, nowNs);
    }

    /** One that was made here, and that nobody else has. */
    static Kept built(Message message, long nowNs) {
        return new Kept(message, true, nowNs);
    }

    boolean isBuilt() {
        return isBuilt;
    }

    /** What it takes besides what the engine holds. */
    int builtBytes() {
        return isBuilt ? Coding.size(message) : 0;
    }

    /** The same, but for the message, which the engine does not hold any longer. */
    Kept copied(Message copy) {
        Kept copied = new Kept(copy, true, sinceNs);
        copied.delivered = delivered;
        copied.paired = paired;
        return copied;
    }

    Message message() {
        return message;
    }

    boolean isOlderThan(long patienceNs, long nowNs) {
        return nowNs - sinceNs >= patienceNs;
    }

    boolean isDelivered() {
        return delivered;
    }

    void delivered() {
        delivered = true;
    }

    boolean isPaired() {
        return paired;
    }

    void paired() {
        paired = true;
    }

    /** Whether it is of no more use. */
    boolean isDone() {
        return delivered && paired;
    }
}
