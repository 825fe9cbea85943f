package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was passed on already: after a change of parents the new one may be behind the old. Links keep order, so only
 * then a message can come twice.
 */
final class Sequence {
    private static final int MOST_SOURCES = 16;

    /** What comes from a new parent after so long is no repetition. */
    private static final long CATCH_UP_NS = 5_000_000_000L;

    private final Map<NodeId, Long> last = new LinkedHashMap<>();
    private long untilNs;
    private long repeated;

    /** There is a new parent. */
    void parentChanged(long nowNs) {
        untilNs = nowNs + CATCH_UP_NS;
    }

    /** Whether it was not passed on yet. */
    boolean isNew(NodeId source, long sequence, long nowNs) {
        Long before = last.put(source, sequence);
        if (before != null && sequence <= before && nowNs < untilNs) {
            last.put(source, before);
            repeated++;
            return false;
        }
        if (last.size() > MOST_SOURCES) {
            last.remove(last.keySet().iterator().next());
        }
        return true;
    }

    /** Whether nothing is missing between what was passed on and this. */
    boolean connects(NodeId source, long sequence) {
        return missing(source, sequence) == 0;
    }

    /** How many messages are missing between what was passed on and this. */
    long missing(NodeId source, long sequence) {
        Long before = last.get(source);
        return before == null ? 0 : Math.max(0, sequence - before - 1);
    }

    /** How many messages were not passed on a second time. */
    long repeated() {
        return repeated;
    }
}
