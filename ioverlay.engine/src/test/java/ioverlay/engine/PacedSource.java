package ioverlay.engine;

import ioverlay.api.Application;
import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import java.util.concurrent.TimeUnit;

/** Sends messages of one size, as many as are due by its own clock. */
final class PacedSource implements Application {
    private static final long LOOK_AGAIN_NS = 1_000_000;

    private final long bytesPerSecond;
    private final int payloadBytes;
    private Session session;
    private long startNs;
    private long sequence;

    /** Volatile: the test stops it. */
    private volatile boolean stopped;

    /** The rate counts headers, too. */
    PacedSource(long bytesPerSecond, int payloadBytes) {
        this.bytesPerSecond = bytesPerSecond;
        this.payloadBytes = payloadBytes;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void begin(Session where) {
        session = where;
        startNs = where.now();
    }

    @Override
    public long produce(Outlet outlet) {
        long dueBytes = (session.now() - startNs) * bytesPerSecond / TimeUnit.SECONDS.toNanos(1);
        while (!stopped && sequence * (Header.BYTES + payloadBytes) < dueBytes && outlet.fits(payloadBytes)) {
            outlet.open(MessageType.DATA, sequence++, payloadBytes);
        }
        return stopped ? FINISHED : session.now() + LOOK_AGAIN_NS;
    }
}
