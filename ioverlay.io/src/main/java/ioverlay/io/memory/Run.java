package ioverlay.io.memory;

import ioverlay.api.Header;

/**
 * Neighbouring messages of one slab that leave together: merged, so that a batch of small messages is one entry and one
 * buffer of a gathering write. Holds one reference to the slab.
 *
 * <p><b>Threads:</b> the turn.
 */
public final class Run {
    public final Slab slab;
    public int from;
    public int to;

    /** All that were ever in it. */
    private int messages = 1;

    /** A message boundary at or before {@link #from}. */
    private int mark;

    public Run(Slab slab, int from, int bytes) {
        this.slab = slab;
        this.from = from;
        this.to = from + bytes;
        this.mark = from;
        slab.retain();
    }

    /** Appends a message if it directly follows. */
    public boolean extend(Slab next, int at, int bytes) {
        if (next != slab || at != to) {
            return false;
        }
        to += bytes;
        messages++;
        return true;
    }

    public int messages() {
        return messages;
    }

    /** Of these, how many lie before {@link #from} to their last byte. */
    public int messagesGone() {
        boundary(0); // from there on the mark is where the message begins that is next, or cut
        int gone = messages;
        for (int at = mark; at < to; gone--) {
            at += Header.BYTES + Header.payloadSizeAt(slab.buffer(), at);
        }
        return gone;
    }

    public int bytes() {
        return to - from;
    }

    /** The first message boundary at or after {@code from + atLeast}; at most {@link #to}. */
    public int boundary(long atLeast) {
        long target = from + atLeast;
        while (mark < target && mark < to) {
            int next = mark + Header.BYTES + Header.payloadSizeAt(slab.buffer(), mark);
            if (next > from) {
                return walk(next, target);
            }
            mark = next;
        }
        return mark;
    }

    private int walk(int start, long target) {
        int at = start;
        while (at < target && at < to) {
            at += Header.BYTES + Header.payloadSizeAt(slab.buffer(), at);
        }
        return at;
    }

    /** Whether the next byte begins a message. */
    public boolean isAtBoundary() {
        return boundary(0) == from;
    }
}
