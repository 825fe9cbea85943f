package ioverlay.observer.fleet;

import com.google.gson.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * What one listener has not heard yet: of each member the latest, of what happened as much as fits. What does not fit is
 * counted, and the listener is told how much that was.
 *
 * <p><b>Threads:</b> any may post; the listener is called on one virtual thread.
 */
final class Outbox implements AutoCloseable {
    /** The most happenings that wait for a listener. */
    static final int MOST_HAPPENINGS = 10_000;

    /** The most of them that containers may fill: what the observer itself has seen never waits for room. */
    static final int MOST_HEARD = 9_000;

    /**
     * How long a container's event waits for room, in milliseconds. Two listeners together stay below {@link Trunk#PROBE_MS}:
     * the thread that waits is the one that would read that the container is there.
     */
    static final int ROOM_MS = 700;

    /** How long a close waits for the listener to hear the rest, in milliseconds. */
    static final int CLOSE_MS = 2000;

    private static final Logger LOG = System.getLogger(Outbox.class.getName());

    private final Fleet.Listener listener;
    private final InstantSource clock;
    private final LongConsumer dropped;
    private final long roomMs;
    private final Thread thread;

    /** By node, or by the happening itself. */
    private final Map<Object, Object> waiting = new LinkedHashMap<>();

    private int happenings;
    private long missed;

    /** Somebody waited for room in vain, and nothing was taken since: nobody else waits. */
    private boolean stuck;

    private boolean closed;
    private boolean abandoned;

    /** A happening, and what is to be done when it was told; each is its own key. */
    private static final class Once {
        final Happening happening;
        final Runnable told;

        Once(Happening happening, Runnable told) {
            this.happening = happening;
            this.told = told;
        }
    }

    /**
     * Begins.
     *
     * @param dropped is told how many more happenings the listener will never hear
     */
    Outbox(Fleet.Listener listener, InstantSource clock, LongConsumer dropped) {
        this(listener, clock, dropped, ROOM_MS);
    }

    /** One at which a container's event waits for so long. */
    Outbox(Fleet.Listener listener, InstantSource clock, LongConsumer dropped, long roomMs) {
        this.roomMs = roomMs;
        this.listener = listener;
        this.clock = clock;
        this.dropped = dropped;
        thread = Thread.ofVirtual().name("overlay-fleet-listener").start(this::deliver);
    }

    /** Never waits. */
    synchronized void changed(Member member) {
        if (!closed) {
            waiting.put(member.id(), member);
            notifyAll();
        }
    }

    /** The observer itself has seen or done something. Never waits. */
    synchronized void happened(Happening happening) {
        if (!closed) {
            post(new Once(happening, () -> {}), MOST_HAPPENINGS);
        }
    }

    /**
     * A container has said something. Waits for room, {@value #ROOM_MS} ms at most.
     *
     * @param told is run when the listener has heard it; never, if it does not
     */
    synchronized void heard(Happening happening, Runnable told) {
        try {
            awaitRoom();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // its line ends, and the container says it again
        }
        if (!closed) {
            post(new Once(happening, told), MOST_HEARD);
        }
    }

    private void awaitRoom() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(roomMs);
        while (happenings >= MOST_HEARD && !closed && !stuck) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                stuck = true;
                notifyAll();
            } else {
                wait(leftMs);
            }
        }
    }

    private void post(Once once, int most) {
        if (happenings >= most) {
            missed++;
            dropped.accept(1);
            return;
        }
        happenings++;
        waiting.put(once, once);
        notifyAll();
    }

    private void deliver() {
        try {
            for (List<Object> batch = take(); !batch.isEmpty(); batch = take()) {
                batch.forEach(this::tell);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "a listener of the fleet is not told any more");
        }
    }

    /** All that waits; nothing only at the end. */
    private synchronized List<Object> take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<Object> batch = new ArrayList<>(waiting.values());
        if (missed > 0) {
            LOG.log(Level.WARNING, "{0} happenings were not delivered: a listener is too slow", missed);
            batch.add(new Once(omission(missed), () -> {}));
        }
        waiting.clear();
        happenings = 0;
        missed = 0;
        stuck = false;
        notifyAll();
        return batch;
    }

    private Happening omission(long count) {
        JsonObject detail = new JsonObject();
        detail.addProperty("count", count);
        String sentence = "the observer was too slow for all that happened: " + count + " lines are not here";
        return new Happening(clock.instant(), "log.omitted", "", "", "", sentence, detail);
    }

    private void tell(Object what) {
        synchronized (this) {
            if (abandoned) {
                if (what instanceof Once) {
                    dropped.accept(1);
                }
                return;
            }
        }
        try {
            switch (what) {
                case Member member -> listener.changed(member);
                case Once once -> {
                    listener.happened(once.happening);
                    once.told.run();
                }
                default -> throw new IllegalStateException("nothing else was posted: " + what);
            }
        } catch (RuntimeException e) {
            // Listener boundary: it has missed this and stays.
            LOG.log(Level.WARNING, "a listener of the fleet failed", e);
        }
    }

    /** Takes nothing more, and waits until the listener has heard what was taken, {@value #CLOSE_MS} ms at most. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (Thread.currentThread().equals(thread)) {
            return; // it is the listener that has had enough: the rest is told when it returns
        }
        try {
            if (thread.join(Duration.ofMillis(CLOSE_MS))) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abandon();
    }

    private synchronized void abandon() {
        abandoned = true;
        LOG.log(
                Level.WARNING,
                "a listener of the fleet does not end: of what happened it does not hear {0} lines and more",
                happenings);
        dropped.accept(happenings);
        waiting.clear();
        happenings = 0;
        thread.interrupt();
    }
}
