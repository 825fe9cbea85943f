package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.NodeStatus;
import ioverlay.io.message.Notice;
import ioverlay.io.shared.Clock;
import ioverlay.io.shared.Timers;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * What one slot is told of its node at an interval: a timer that, when it is due, is a report. So the next is not made
 * before the last was delivered.
 *
 * <p><b>Threads:</b> the turn; the clock only posts.
 */
final class Reports {
    static final int LEAST_MS = 100;
    static final int MOST_MS = 3_600_000;

    private static final int ONLY = 0;

    private final Switch node;
    private final Slot slot;
    private final Timers timer;
    private long intervalNs = Long.MAX_VALUE;

    Reports(Switch node, Clock clock, Slot slot) {
        this.node = node;
        this.slot = slot;
        this.timer = new Timers(node::elapsedNs, node::post, clock, (id, missed) -> slot.tellInTime(report(missed)));
    }

    /** Another interval from now on; 0 is none. False if it is out of range. */
    boolean every(int millis) {
        if (millis != 0 && (millis < LEAST_MS || millis > MOST_MS)) {
            return false;
        }
        end();
        if (millis == 0) {
            return true;
        }
        intervalNs = TimeUnit.MILLISECONDS.toNanos(millis);
        return timer.set(ONLY, intervalNs, intervalNs);
    }

    /** Between two of them; {@link Long#MAX_VALUE} if there are none. */
    long intervalNs() {
        return intervalNs;
    }

    boolean areOn() {
        return timer.count() > 0;
    }

    void end() {
        intervalNs = Long.MAX_VALUE;
        timer.clear();
    }

    /** Whether the report still counts; the next one is made an interval after it was due. */
    boolean delivers() {
        boolean due = timer.isDue(ONLY);
        timer.delivered(ONLY);
        return due;
    }

    private Message report(int missed) {
        NodeStatus status = StatusReport.of(
                node,
                node.seats().values().stream()
                        .map(Seat::known)
                        .sorted(Seat.ORDER)
                        .toList());
        return Notice.of(
                node.self(),
                MessageType.REPORT,
                slot.application,
                Header.params(ONLY, missed),
                ByteBuffer.wrap(status.toJson(Header.MAX_CONTROL_PAYLOAD)));
    }
}
