package ioverlay.bench.soak;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import java.util.concurrent.TimeUnit;

/**
 * Where a session ends, and whether it still comes.
 *
 * <p><b>Threads:</b> one.
 */
final class Leaf {
    /** A session goes at the pace of its slowest receiver, but it goes. */
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(20);

    final String name;
    final NodeId id;
    final int session;
    final String above;
    private long consumed;
    private long movedNs = System.nanoTime();
    private boolean reported;

    /**
     * Has received nothing so far.
     *
     * @param above the node that sends to it; empty if that one is killed now and then
     */
    Leaf(String name, NodeId id, int session, String above) {
        this.name = name;
        this.id = id;
        this.session = session;
        this.above = above;
    }

    /** Below a node that may be killed, where messages may be lost. */
    boolean isBelowVictim() {
        return above.isEmpty();
    }

    /** Nothing can come at present: does not count as standing still. */
    void excuse() {
        movedNs = System.nanoTime();
    }

    /** Looks; true once if it stands still. */
    boolean isStuck(ApplicationStatus sink) {
        if (sink.consumed() > consumed) {
            consumed = sink.consumed();
            movedNs = System.nanoTime();
        }
        if (reported || System.nanoTime() - movedNs < LONGEST_NS) {
            return false;
        }
        reported = true;
        return true;
    }

    /** What its sink says of the numbers: lost, duplicated, reordered. */
    static long count(ApplicationStatus sink, String what) {
        JsonObject detail = sink.detail();
        return detail.has(what) ? detail.get(what).getAsLong() : 0;
    }
}
