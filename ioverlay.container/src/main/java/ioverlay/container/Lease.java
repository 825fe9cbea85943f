package ioverlay.container;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.osgi.framework.ServiceObjects;

/** An instance that was obtained from a {@link Source}, until it is given back. */
final class Lease<T> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Lease.class.getName());

    private final Source<T> source;
    private final T instance;
    private final ServiceObjects<T> objects;
    private final Consumer<Lease<T>> ended;
    private final AtomicBoolean returned = new AtomicBoolean();

    /** Set by the thread that stops the bundle, read by the one that puts the instance to work. */
    private volatile boolean gone;

    /** Whoever uses the instance outside a slot leaves it here. */
    private Runnable leave = () -> {};

    Lease(Source<T> source, T instance, ServiceObjects<T> objects, Consumer<Lease<T>> ended) {
        this.source = source;
        this.instance = instance;
        this.objects = objects;
        this.ended = ended;
    }

    Source<T> source() {
        return source;
    }

    T instance() {
        return instance;
    }

    /** Whether the service was withdrawn since: the instance must leave. */
    boolean gone() {
        return gone;
    }

    void markGone() {
        Runnable first;
        synchronized (this) {
            gone = true;
            first = leave;
            leave = () -> {};
        }
        first.run();
    }

    /** Has that called once when the service is withdrawn, on the thread that does it; at once if it was already. */
    void whenGone(Runnable then) {
        synchronized (this) {
            if (!gone) {
                leave = then;
                return;
            }
        }
        then.run();
    }

    /**
     * Lets go of an instance that stalled without another call into its code; the framework takes it back when its bundle
     * stops. Idempotent.
     */
    void forsake() {
        if (returned.compareAndSet(false, true)) {
            ended.accept(this);
        }
    }

    /** Gives the instance back to its bundle; idempotent. */
    @Override
    public void close() {
        if (!returned.compareAndSet(false, true)) {
            return;
        }
        ended.accept(this);
        try {
            objects.ungetService(instance);
        } catch (IllegalStateException | IllegalArgumentException e) {
            // Its bundle or the framework was faster and has taken all instances back.
            LOG.log(Level.DEBUG, "an instance of {0} was already taken back: {1}", source, e.getMessage());
        }
    }
}
