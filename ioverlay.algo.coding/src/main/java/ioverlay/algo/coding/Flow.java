package ioverlay.algo.coding;

import ioverlay.api.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has come of one originator: which numbers, of the last {@link #REACH}, and the messages that are kept. Its fields
 * but for the messages themselves go over a swap.
 *
 * <p>Even numbers are one stream, odd ones the other; an even number and the next are a pair.
 */
final class Flow {
    /** How many numbers are remembered: a power of two. */
    static final int REACH = 1 << 17;

    /** How far ahead of what is missing a number may be. */
    static final int AHEAD = REACH / 2;

    /** What a number is to this flow. */
    enum Verdict {
        NEW,
        REPEATED,
        FAR
    }

    private long[] seen = new long[REACH / Long.SIZE];
    private boolean begun;
    private boolean ended;
    private long next;
    private long highest;
    private long progressNs;
    private List<Long> paired = List.of();

    /** From which number on the stream is coded; what is missing before cannot come in a combination. */
    private long codedFrom;

    /** How far each stream has come, by parity, and when. */
    private long[] reached = {-1, -1};

    private long[] reachedNs = {0, 0};

    private final transient TreeMap<Long, Kept> kept = new TreeMap<>();
    private final transient TreeMap<Long, Kept> sums = new TreeMap<>();
    private transient long builtBytes;

    static boolean isEven(long sequence) {
        return (sequence & 1) == 0;
    }

    static long partner(long sequence) {
        return sequence ^ 1;
    }

    /** Where the pair begins that the number is of. */
    static long even(long sequence) {
        return sequence & ~1L;
    }

    /** Says what the number is; the first of all begins the flow with its pair. */
    Verdict judge(long sequence) {
        if (sequence < 0) {
            return Verdict.FAR;
        }
        if (!begun) {
            return Verdict.NEW;
        }
        if (sequence - next >= AHEAD || highest - sequence >= REACH) {
            return Verdict.FAR;
        }
        return isSeen(sequence) ? Verdict.REPEATED : Verdict.NEW;
    }

    /** The source has gone: nothing is worth waiting for, and what may come later is another run of it. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Forgets all numbers and gives back what is kept. The next message begins anew. */
    void restart() {
        allKept().forEach(this::drop);
        List.copyOf(sums.keySet()).forEach(this::dropSum);
        begun = false;
        ended = false;
        codedFrom = 0;
        Arrays.fill(seen, 0);
    }

    /** Whether nothing new has come for so long that it may go on somewhere else. */
    boolean isStalled(long patienceNs, long nowNs) {
        return nowNs - progressNs >= patienceNs;
    }

    /**
     * Whether there is no reason to go on waiting for a number: its stream is beyond it, or does not come on. A stream that
     * is slow is waited for, however long.
     */
    boolean isHopeless(long sequence, long patienceNs, long nowNs) {
        int stream = (int) (sequence & 1);
        return ended || reached[stream] > sequence || nowNs - reachedNs[stream] >= patienceNs;
    }

    /** What comes is not coded, and not delivered in order; that may change at a swap. */
    void notCoded() {
        codedFrom = Long.MAX_VALUE;
    }

    /** A combination has come, whose first number this is. */
    void coded(long even) {
        codedFrom = Math.min(codedFrom, even);
    }

    /**
     * Whether a number does not come, and needs not be waited for: its stream has gone on without it, at a time when nobody
     * coded. A coder's messages keep their order, so it has left this one out.
     */
    boolean isLeftOut(long sequence) {
        return sequence < codedFrom && reached[(int) (sequence & 1)] > sequence;
    }

    /** The number that is next in order: here already, or missing. */
    long next() {
        return next;
    }

    /** Remembers a new number. */
    void mark(long sequence, long nowNs) {
        if (!begun) {
            begin(sequence);
        }
        long ahead = sequence - highest;
        for (long gone = Math.max(sequence - REACH, highest) + 1; ahead > 0 && gone <= sequence; gone++) {
            seen[word(gone)] &= ~bit(gone);
        }
        highest = Math.max(highest, sequence);
        seen[word(sequence)] |= bit(sequence);
        progressNs = nowNs;
        int stream = (int) (sequence & 1);
        if (sequence > reached[stream]) {
            reached[stream] = sequence;
            reachedNs[stream] = nowNs;
        }
    }

    private void begin(long sequence) {
        begun = true;
        next = even(sequence);
        highest = next - 1;
        Arrays.fill(reached, -1);
    }

    boolean isSeen(long sequence) {
        return begun
                && sequence <= highest
                && highest - sequence < REACH
                && (seen[word(sequence)] & bit(sequence)) != 0;
    }

    private static int word(long sequence) {
        return (int) (sequence & (REACH - 1)) / Long.SIZE;
    }

    private static long bit(long sequence) {
        return 1L << sequence;
    }

    /** Whether all before the number has been delivered or given up: it is too late for its place. */
    boolean isPast(long sequence) {
        return sequence < next;
    }

    /**
     * Gives up what is missing before this number.
     *
     * @return how many numbers that are
     */
    long moveTo(long sequence) {
        long missing = Math.max(0, sequence - next);
        next += missing;
        return missing;
    }

    /** The message that is next in order, if it is there. */
    Optional<Kept> nextInOrder() {
        return Optional.ofNullable(kept.get(next)).filter(there -> !there.isDelivered());
    }

    /** The first message that has not been delivered, beyond whatever is missing. */
    Optional<Kept> firstWaiting() {
        return Optional.ofNullable(kept.ceilingEntry(next)).map(entry -> entry.getValue());
    }

    // ---- what is kept

    void keep(Kept message) {
        Kept before = kept.put(message.message().sequence(), message);
        builtBytes += message.builtBytes() - (before == null ? 0 : before.builtBytes());
    }

    Optional<Kept> kept(long sequence) {
        return Optional.ofNullable(kept.get(sequence));
    }

    /** All of them, by their numbers. */
    List<Kept> allKept() {
        return List.copyOf(kept.values());
    }

    /** Keeps a combined message until one of its parts is there. */
    void keepSum(long even, Kept sum) {
        Kept before = sums.put(even, sum);
        builtBytes += sum.builtBytes() - (before == null ? 0 : before.builtBytes());
    }

    Optional<Kept> sum(long even) {
        return Optional.ofNullable(sums.get(even));
    }

    /** Forgets a combined message, and gives it back. */
    void dropSum(long even) {
        Kept sum = sums.remove(even);
        if (sum != null) {
            builtBytes -= sum.builtBytes();
            sum.message().release();
        }
    }

    /** How much of what is kept is not the engine's. */
    long builtBytes() {
        return builtBytes;
    }

    List<Kept> allSums() {
        return List.copyOf(sums.values());
    }

    /** Forgets a message if it is of no more use, and gives it back. */
    void settle(Kept message) {
        if (message.isDone()) {
            drop(message);
        }
    }

    void drop(Kept message) {
        if (kept.remove(message.message().sequence(), message)) {
            builtBytes -= message.builtBytes();
            message.message().release();
        }
    }

    boolean keeps(Message message) {
        return kept(message.sequence())
                .map(Kept::message)
                .filter(message::equals)
                .isPresent();
    }

    boolean isEmpty() {
        return kept.isEmpty() && sums.isEmpty();
    }

    int size() {
        return kept.size() + sums.size();
    }

    // ---- over a swap

    /** Writes down which of the kept messages are paired. */
    void beforeSave() {
        List<Long> numbers = new ArrayList<>();
        kept.forEach((sequence, message) -> {
            if (message.isPaired()) {
                numbers.add(sequence);
            }
        });
        paired = numbers;
    }

    /** Keeps a message as it was kept before the swap. */
    void keepAgain(Kept again) {
        Message message = again.message();
        if (isPast(message.sequence())) {
            again.delivered();
        }
        if (paired.contains(message.sequence())) {
            again.paired();
        }
        keep(again);
    }
}
