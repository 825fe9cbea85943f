package ioverlay.app;

/**
 * Tells from the sequence numbers of one originator what was lost, duplicated or reordered on the way. It remembers the
 * last {@link #WINDOW} numbers, whatever comes.
 *
 * <p>A gap counts as lost until its number comes after all: then it counts as reordered instead. A number from before
 * the window cannot be told from one that was seen, and counts as duplicated.
 */
final class SequenceCheck {
    /** Numbers remembered: a power of two. */
    static final int WINDOW = 4096;

    private final long[] seen = new long[WINDOW / Long.SIZE];
    private final long first;
    private long highest;
    private long delivered;
    private long lost;
    private long duplicated;
    private long reordered;

    private SequenceCheck(long first) {
        this.first = first;
        highest = first - 1;
    }

    /** Begins with that number: if it does not come, it is lost. */
    static SequenceCheck from(long first) {
        return new SequenceCheck(first);
    }

    /**
     * Takes the next number.
     *
     * @return whether it is new; if not, the message is a duplicate
     */
    boolean take(long sequence) {
        long ahead = sequence - highest;
        if (ahead > 0) {
            lost += ahead - 1;
            forget(ahead);
            highest = sequence;
        } else if (ahead <= -WINDOW || isSeen(sequence)) {
            duplicated++;
            return false;
        } else {
            reordered++;
            lost -= sequence - first >= 0 ? 1 : 0; // from before the first, it was never missed
        }
        mark(sequence);
        delivered++;
        return true;
    }

    private void forget(long ahead) {
        for (long next = highest + 1; next <= highest + Math.min(ahead, WINDOW); next++) {
            seen[word(next)] &= ~bit(next);
        }
    }

    private boolean isSeen(long sequence) {
        return (seen[word(sequence)] & bit(sequence)) != 0;
    }

    private void mark(long sequence) {
        seen[word(sequence)] |= bit(sequence);
    }

    private static int word(long sequence) {
        return (int) (sequence & WINDOW - 1) / Long.SIZE;
    }

    private static long bit(long sequence) {
        return 1L << sequence;
    }

    /** Different numbers that came. */
    long delivered() {
        return delivered;
    }

    /** Numbers below the highest that have not come. */
    long lost() {
        return lost;
    }

    /** Messages whose number had come before. */
    long duplicated() {
        return duplicated;
    }

    /** Messages that came after one with a higher number. */
    long reordered() {
        return reordered;
    }
}
