package ioverlay.engine;

import ioverlay.api.Application;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.Session;
import java.time.Duration;

/** Measures at what rate a session arrives: between arrivals, so that no message counts by halves. */
final class MeteringSink implements Application {
    /** So much had arrived when a message had. */
    record Mark(long bytes, long messages, long atNs) {
        /** Bytes per second from the earlier mark to this one. */
        double rateSince(Mark earlier) {
            return (bytes - earlier.bytes) * 1e9 / (atNs - earlier.atNs);
        }
    }

    /** Volatile: written by the seat's thread, read by the test's. */
    private volatile Mark last = new Mark(0, 0, System.nanoTime());

    @Override
    public void begin(Session session) {
        // Nothing to prepare.
    }

    @Override
    public void consume(Message message) {
        Mark before = last;
        last = new Mark(before.bytes + Header.BYTES + message.payloadSize(), before.messages + 1, System.nanoTime());
    }

    Mark last() {
        return last;
    }

    /** The first mark after something has arrived. */
    Mark begun() {
        Await.until("something arrives", () -> last.messages > 0);
        return last;
    }

    /** The rate from one arrival to another, about so much later. */
    double rate(Duration time) {
        Mark first = last;
        Await.passes(time);
        return last.rateSince(first);
    }
}
