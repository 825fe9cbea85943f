package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was passed on already: after a change of parents the new one may be behind the old. Numbers are compared within one era: what
 * a source sends from its beginning until it begins again, or another becomes the root. Neighbours say with {@link Word#ERA},
 * in the order of the data, of which era it is that follows.
 */
final class Sequence {
    private static final int MOST_RUNS = 16;
    private static final int MOST_NEIGHBOURS = 256;
    private static final float LOAD = 0.75f;

    /** Where a neighbour says nothing of eras: what comes from a new parent after so long is no repetition. */
    private static final long CATCH_UP_NS = 5_000_000_000L;

    private final Map<Run, Long> last = new LinkedHashMap<>(MOST_RUNS, LOAD, true);
    private final Map<NodeId, Long> eras = new LinkedHashMap<>();
    private long untilNs;
    private long repeated;

    /** The numbers of one originator in one era rise. */
    private record Run(long era, NodeId source) {}

    /** There is a new parent. */
    void parentChanged(long nowNs) {
        untilNs = nowNs + CATCH_UP_NS;
    }

    /** What a neighbour sends from now on is of that era. */
    void begins(NodeId neighbour, long era) {
        eras.remove(neighbour);
        eras.put(neighbour, era);
        forgetOldest(eras, MOST_NEIGHBOURS);
    }

    /** Of which era that is what a neighbour sends; 0 if it did not say. */
    long era(NodeId neighbour) {
        return eras.getOrDefault(neighbour, 0L);
    }

    /** Whether what the neighbour brings was not passed on yet. */
    boolean isNew(NodeId neighbour, NodeId source, long sequence, long nowNs) {
        long era = era(neighbour);
        Run run = new Run(era, source);
        Long before = last.get(run);
        if (before != null && sequence <= before && (era != 0 || nowNs < untilNs)) {
            repeated++;
            return false;
        }
        last.put(run, sequence);
        forgetOldest(last, MOST_RUNS);
        return true;
    }

    /** Whether an originator itself has begun again: its numbers rise otherwise. */
    boolean hasBegunAgain(NodeId self, long sequence) {
        Long before = last.get(new Run(era(self), self));
        return era(self) == 0 || (before != null && sequence <= before);
    }

    /** Whether nothing is missing between what was passed on and this. */
    boolean connects(NodeId neighbour, NodeId source, long sequence) {
        return missing(neighbour, source, sequence) == 0;
    }

    /** How many messages are missing between what was passed on and this. */
    long missing(NodeId neighbour, NodeId source, long sequence) {
        Long before = last.get(new Run(era(neighbour), source));
        return before == null ? 0 : Math.max(0, sequence - before - 1);
    }

    /** How many messages were not passed on a second time. */
    long repeated() {
        return repeated;
    }

    private static void forgetOldest(Map<?, Long> map, int most) {
        if (map.size() > most) {
            Iterator<?> oldest = map.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
