package ioverlay.api.container;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What happens in the container: nodes, swaps, failures, traces. An OSGi service.
 *
 * <p><b>Threads:</b> any. Listeners are called one at a time, in order, on a thread of the container; one that throws is
 * logged and stays.
 */
@ProviderType
public interface Events {
    /** The most events that are kept. */
    int MAX_KEPT = 1000;

    /** The last events, the oldest first, at most {@link #MAX_KEPT}. */
    List<Event> recent();

    /** Calls the listener for each event from now on, until the answer is closed. */
    Subscription subscribe(Consumer<Event> listener);

    /** A listener's subscription. */
    interface Subscription extends AutoCloseable {
        /** Ends it; idempotent. A call under way may still end after this returns. */
        @Override
        void close();
    }
}
