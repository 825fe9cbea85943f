package ioverlay.cli;

import ioverlay.api.container.Events;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Services of the container, waited for while it starts. */
final class Services {
    /** How long a service may take to appear. */
    static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(10);

    private final BundleContext context;

    Services(BundleContext context) {
        this.context = context;
    }

    /** All that steers the container. */
    Steering steering() throws InterruptedException {
        return new Steering(one(Nodes.class), one(Swaps.class), one(Repository.class), one(Events.class));
    }

    /**
     * One service, for as long as this bundle runs.
     *
     * @throws FailedException if it does not appear within {@link #PATIENCE_MS}
     */
    <T> T one(Class<T> type) throws InterruptedException {
        return one(type, "The container has not started");
    }

    /** The same, with what it means if it does not appear. */
    <T> T one(Class<T> type, String otherwise) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        T service = tracker.waitForService(PATIENCE_MS);
        if (service == null) {
            tracker.close();
            throw new FailedException(
                    otherwise + ": no service " + type.getName() + " within " + PATIENCE_MS / 1000 + " s");
        }
        return service;
    }
}
