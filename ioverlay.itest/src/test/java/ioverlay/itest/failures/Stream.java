package ioverlay.itest.failures;

import ioverlay.api.Application;
import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import java.util.concurrent.atomic.AtomicLong;

/** A source of numbered messages of one size, at a rate. */
final class Stream implements Application {
    private static final long LOOK_AGAIN_NS = 5_000_000;
    private static final double NS = 1e9;

    private final int payload;
    private final double nsPerMessage;
    private final AtomicLong produced = new AtomicLong();

    /** Volatile: set by the test, read by the application's thread. */
    private volatile long limit = Long.MAX_VALUE;

    private Session session;
    private long startNs;

    Stream(int payload, long bytesPerSecond) {
        this.payload = payload;
        this.nsPerMessage = NS * payload / bytesPerSecond;
    }

    /** Sends no more than this; may be raised again. */
    Stream limit(long messages) {
        limit = messages;
        return this;
    }

    long produced() {
        return produced.get();
    }

    @Override
    public void begin(Session where) {
        session = where;
        startNs = where.now();
    }

    @Override
    public long produce(Outlet outlet) {
        long sequence = produced.get();
        while (sequence < limit) {
            long dueNs = startNs + (long) (sequence * nsPerMessage);
            if (dueNs > session.now()) {
                return dueNs;
            }
            if (!outlet.fits(payload)) {
                return AT_ONCE;
            }
            outlet.open(MessageType.DATA, sequence, payload);
            produced.set(++sequence);
        }
        return session.now() + LOOK_AGAIN_NS;
    }
}
