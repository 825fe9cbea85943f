package ioverlay.engine;

import ioverlay.io.shared.Clock;
import ioverlay.traffic.shape.Schedule;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * How data leaves by links that are capped, late or lossy: deficit round robin over the boxes of all of them, since they
 * may share a cap; a box has the weight of the ports that feed it. What may not go yet waits here for the clock.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Exit {
    private static final int RUN_BYTES = 256 << 10;

    /** What a box costs that is looked at and takes nothing. */
    private static final int LOOK_BYTES = 64;

    private final Switch node;
    private final Wake wake;
    private final ArrayDeque<Outbox> ring = new ArrayDeque<>();
    private final ArrayDeque<Outbox> closed = new ArrayDeque<>();
    private final ArrayDeque<OutLink> loaded = new ArrayDeque<>();

    Exit(Switch node, Clock clock) {
        this.node = node;
        this.wake = new Wake(node, clock, Schedule.BURST_NS, this::open);
    }

    /** The box has something, or may go on. */
    void add(Outbox box) {
        if (!box.leaving && !box.runs.isEmpty()) {
            box.leaving = true;
            ring.addLast(box);
        }
    }

    /** Whether something could go now. */
    boolean hasWork() {
        return !ring.isEmpty();
    }

    /** Whether something waits for its cap. */
    boolean isAwaited() {
        return !closed.isEmpty();
    }

    void drain() {
        if (ring.isEmpty()) {
            return;
        }
        long now = node.elapsedNs();
        int left = RUN_BYTES;
        while (left > 0 && !ring.isEmpty()) {
            Outbox box = ring.removeFirst();
            left -= LOOK_BYTES + serve(box, left, now);
        }
        for (OutLink link = loaded.poll(); link != null; link = loaded.poll()) {
            link.drain();
        }
    }

    private int serve(Outbox box, int most, long now) {
        Wire wire = box.wire();
        if (wire == null || !wire.isReady(box)) {
            box.leaving = false; // it comes back with a message, with credit, or with room in the socket
            return 0;
        }
        long allowance = wire.allowance(now);
        if (allowance == 0) {
            closed.addLast(box);
            wake.at(wire.dueNs(), now);
            return 0;
        }
        if (box.deficitBytes <= 0) {
            box.deficitBytes += (long) wire.quantumBytes() * box.feeders.weight();
        }
        int taken = 0;
        if (box.deficitBytes > 0) {
            taken = wire.take(box, Math.min(Math.min(allowance, box.deficitBytes), most), now);
            box.deficitBytes -= taken;
            box.admit();
            if (wire.load()) {
                loaded.addLast(wire.link);
            }
        }
        if (box.deficitBytes > 0) {
            ring.addFirst(box);
        } else {
            ring.addLast(box);
        }
        return taken;
    }

    /** Those that are due go on, in the order in which they came; caps may have changed. */
    void open() {
        long now = node.elapsedNs();
        for (Iterator<Outbox> all = closed.descendingIterator(); all.hasNext(); ) {
            Outbox box = all.next();
            Wire wire = box.wire();
            long due = wire == null ? 0 : wire.dueNs();
            if (due <= now) {
                all.remove();
                ring.addFirst(box);
            } else {
                wake.at(due, now);
            }
        }
    }
}
