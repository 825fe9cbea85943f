package ioverlay.bench;

import org.osgi.service.component.annotations.Component;

/**
 * Stops all {@link ValvedSource}s at once; they stay, so that they can still be asked what they have sent.
 *
 * <p><b>Threads:</b> any.
 */
@Component(service = Valve.class)
public final class Valve {
    /** Volatile: the benchmark's thread writes it, the sources' threads read it. */
    private volatile boolean open = true;

    /** Lets sources that are started from now on send. */
    void open() {
        open = true;
    }

    /** Each source sends nothing more once its present call has ended. */
    void close() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }
}
