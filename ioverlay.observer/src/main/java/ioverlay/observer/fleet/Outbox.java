package ioverlay.observer.fleet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one listener has not heard yet: of each member the latest, of what happened as much as fits.
 *
 * <p><b>Threads:</b> any may post, which never waits; the listener is called on one virtual thread.
 */
final class Outbox implements AutoCloseable {
    /** The most happenings that wait for a listener. */
    static final int MOST_HAPPENINGS = 10_000;

    private static final Logger LOG = System.getLogger(Outbox.class.getName());

    private final Fleet.Listener listener;
    private final Thread thread;

    /** By node, or by the happening itself. */
    private final Map<Object, Object> waiting = new LinkedHashMap<>();

    private int happenings;
    private long missed;
    private boolean closed;

    private record Once(Happening happening) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    Outbox(Fleet.Listener listener) {
        this.listener = listener;
        thread = Thread.ofVirtual().name("overlay-fleet-listener").start(this::deliver);
    }

    synchronized void changed(Member member) {
        if (!closed) {
            waiting.put(member.id(), member);
            notifyAll();
        }
    }

    synchronized void happened(Happening happening) {
        if (closed) {
            return;
        }
        if (happenings == MOST_HAPPENINGS) {
            missed++;
            return;
        }
        happenings++;
        Once once = new Once(happening);
        waiting.put(once, once);
        notifyAll();
    }

    private void deliver() {
        try {
            while (true) {
                take().forEach(this::tell);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "a listener of the fleet is not told any more");
        }
    }

    private synchronized List<Object> take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        if (missed > 0) {
            LOG.log(Level.WARNING, "{0} happenings were not delivered: a listener is too slow", missed);
        }
        List<Object> batch = new ArrayList<>(waiting.values());
        waiting.clear();
        happenings = 0;
        missed = 0;
        return batch;
    }

    private void tell(Object what) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        try {
            switch (what) {
                case Member member -> listener.changed(member);
                case Once once -> listener.happened(once.happening());
                default -> throw new IllegalStateException("nothing else was posted: " + what);
            }
        } catch (RuntimeException e) {
            // Listener boundary: it has missed this and stays.
            LOG.log(Level.WARNING, "a listener of the fleet failed", e);
        }
    }

    /** Ends it; a call under way may still end. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        thread.interrupt();
    }
}
