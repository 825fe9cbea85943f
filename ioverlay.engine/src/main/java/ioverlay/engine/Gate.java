package ioverlay.engine;

import ioverlay.io.shared.Clock;
import ioverlay.traffic.shape.Cap;
import ioverlay.traffic.shape.Schedule;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Where ports wait whose upstream may bring no more for now: caps on what a node takes from its neighbours hold when the
 * switch takes a message, so that weights decide who gets them. Nobody waits for the gate; the clock opens it.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Gate {
    private final Switch node;
    private final Wake wake;
    private final ArrayDeque<Port> closed = new ArrayDeque<>();

    Gate(Switch node, Clock clock) {
        this.node = node;
        this.wake = new Wake(node, clock, Schedule.BURST_NS, this::open);
    }

    /** Bytes that the switch may take of the port now; with 0 the port waits here, and comes back to its place. */
    int allowance(Port port, Cap toll) {
        long now = node.elapsedNs();
        long bytes = toll.allowance(now);
        if (bytes == 0) {
            closed.addLast(port);
            wake.at(toll.dueNs(), now);
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** Those that are due go on, in the order in which they came; caps may have changed. */
    void open() {
        long now = node.elapsedNs();
        for (Iterator<Port> all = closed.descendingIterator(); all.hasNext(); ) {
            Port port = all.next();
            Cap toll = port.toll;
            long due = toll == null ? 0 : toll.dueNs();
            if (due <= now) {
                all.remove();
                node.again(port);
            } else {
                wake.at(due, now);
            }
        }
    }

    boolean isEmpty() {
        return closed.isEmpty();
    }
}
