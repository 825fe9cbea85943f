package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The last events of the container, and those who want to hear of new ones.
 *
 * <p><b>Threads:</b> any may {@link #add}, which only takes a short lock. Listeners are called on one virtual thread
 * of this class, {@code overlay-events}; what it has not delivered yet is bounded by {@value #MAX_QUEUED}, and what
 * does not fit is still kept, but not delivered, and counted in a log line.
 */
final class EventLog implements Events, AutoCloseable {
    /** The most events that wait for slow listeners. */
    static final int MAX_QUEUED = 1000;

    private static final Logger LOG = System.getLogger(EventLog.class.getName());

    private final InstantSource clock;
    private final Object lock = new Object();
    private final Deque<Event> kept = new ArrayDeque<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final Thread dispatcher = Thread.ofVirtual().name("overlay-events").unstarted(this::deliver);
    private long missed;

    private record Delivery(Event event, List<Listener> listeners) {}

    private record Listener(Consumer<Event> consumer, AtomicBoolean closed) {}

    EventLog(InstantSource clock) {
        this.clock = clock;
        dispatcher.start();
    }

    /** Keeps an event and has it delivered to those who listen now. */
    void add(String kind, String node, String sentence, JsonObject detail) {
        Event event = new Event(clock.instant(), kind, node, sentence, detail.deepCopy());
        synchronized (lock) {
            if (kept.size() == MAX_KEPT) {
                kept.removeFirst();
            }
            kept.addLast(event);
            if (!listeners.isEmpty() && !queue.offer(new Delivery(event, List.copyOf(listeners)))) {
                missed++;
            }
        }
    }

    @Override
    public List<Event> recent() {
        synchronized (lock) {
            return List.copyOf(kept);
        }
    }

    @Override
    public Subscription subscribe(Consumer<Event> consumer) {
        Listener listener = new Listener(consumer, new AtomicBoolean());
        synchronized (lock) {
            listeners.add(listener);
        }
        return () -> {
            listener.closed().set(true);
            listeners.remove(listener);
        };
    }

    private void deliver() {
        try {
            while (true) {
                Delivery delivery = queue.take();
                delivery.listeners().forEach(listener -> tell(listener, delivery.event()));
                reportMissed();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "events end");
        }
    }

    private static void tell(Listener listener, Event event) {
        if (listener.closed().get()) {
            return;
        }
        try {
            listener.consumer().accept(event);
        } catch (RuntimeException e) {
            // Listener boundary: it has missed this event and stays.
            LOG.log(Level.WARNING, "a listener failed at event " + event.kind(), e);
        }
    }

    private void reportMissed() {
        long lost;
        synchronized (lock) {
            lost = queue.isEmpty() ? missed : 0;
            missed -= lost;
        }
        if (lost > 0) {
            LOG.log(Level.WARNING, "{0} events were not delivered: a listener is too slow", lost);
        }
    }

    /** Ends delivery; what is queued is dropped. Idempotent. */
    @Override
    public void close() {
        dispatcher.interrupt();
    }
}
