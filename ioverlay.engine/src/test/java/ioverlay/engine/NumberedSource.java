package ioverlay.engine;

import ioverlay.api.Application;
import ioverlay.api.Delivery;
import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import java.util.concurrent.atomic.AtomicLong;

/** Sends messages numbered from 0 as fast as there is room. */
final class NumberedSource implements Application {
    private static final long LOOK_AGAIN_NS = 1_000_000;

    private final Content content;
    private final Delivery delivery;
    private final AtomicLong limit;
    private final AtomicLong produced = new AtomicLong();
    private Session session;

    NumberedSource(Content content, Delivery delivery, long limit) {
        this.content = content;
        this.delivery = delivery;
        this.limit = new AtomicLong(limit);
    }

    /** Sends so many messages. */
    static NumberedSource of(Content content, long messages) {
        return new NumberedSource(content, Delivery.RELIABLE, messages);
    }

    /** Sends until it is told to stop. */
    static NumberedSource endless(Content content) {
        return of(content, Long.MAX_VALUE);
    }

    /** From any thread: nothing more is sent than this; may be raised again. */
    void limit(long messages) {
        limit.set(messages);
    }

    /** From any thread: sends nothing more. */
    void stop() {
        limit.set(0);
    }

    /** Messages sent so far. */
    long produced() {
        return produced.get();
    }

    @Override
    public void begin(Session where) {
        session = where;
    }

    @Override
    public Delivery delivery() {
        return delivery;
    }

    @Override
    public long produce(Outlet outlet) {
        long sequence = produced.get();
        while (sequence < limit.get()) {
            int size = content.size(sequence);
            if (!outlet.fits(size)) {
                return AT_ONCE;
            }
            content.fill(outlet.open(MessageType.DATA, sequence, size), sequence);
            produced.set(++sequence);
        }
        return session.now() + LOOK_AGAIN_NS;
    }
}
