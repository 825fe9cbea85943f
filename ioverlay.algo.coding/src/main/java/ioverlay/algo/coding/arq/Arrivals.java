package ioverlay.algo.coding.arq;

import ioverlay.api.NodeId;
import java.util.TreeSet;

/** Which numbers of one originator have come, and how far its messages were delivered. It goes over a swap. */
final class Arrivals {
    /** How far ahead of what is missing a number may be. */
    static final int AHEAD = 1 << 16;

    /** A stream whose first message has a lower number began at 0: what was before has been lost and will come again. */
    private static final int EARLY = 4096;

    private boolean begun;
    private boolean ended;

    /** Nothing is missing before it. */
    private long base;

    /** What has come beyond. */
    private TreeSet<Long> ahead = new TreeSet<>();

    private long progressNs;

    /** All before it were delivered or given up. */
    private long next;

    /** What a number is. */
    enum Verdict {
        NEW,
        REPEATED,
        FAR
    }

    Verdict judge(long number) {
        if (number < 0 || (begun && number - base >= AHEAD)) {
            return Verdict.FAR;
        }
        return begun && (number < base || ahead.contains(number)) ? Verdict.REPEATED : Verdict.NEW;
    }

    /** Remembers a new number. */
    void mark(long number, boolean isOwn, long nowNs) {
        progressNs = nowNs;
        if (!begun) {
            begun = true;
            base = isOwn || number >= EARLY ? number : 0;
            next = base;
        }
        ahead.add(number);
        settle();
    }

    private void settle() {
        while (ahead.remove(base)) {
            base++;
        }
    }

    /** The number that is next to be delivered. */
    long next() {
        return next;
    }

    /** The next one was delivered. */
    void delivered() {
        next++;
    }

    /**
     * Gives up what is missing before the number.
     *
     * @return how many numbers that are
     */
    long skipTo(long number) {
        long from = Math.max(base, next);
        long missing =
                number <= from ? 0 : number - from - ahead.subSet(from, number).size();
        ahead.headSet(number).clear();
        base = Math.max(base, number);
        next = number;
        settle();
        return missing;
    }

    void end() {
        ended = true;
    }

    /**
     * Whether a message of this number begins the stream anew: the first one after the source has ended, or one far away when
     * nothing else has come for long.
     */
    boolean isOver(long number, long patienceNs, long nowNs) {
        return (ended && number == 0) || (judge(number) == Verdict.FAR && nowNs - progressNs >= patienceNs);
    }

    Receipt receipt(NodeId originator, long last) {
        return Receipt.of(originator, last, base, ahead);
    }
}
