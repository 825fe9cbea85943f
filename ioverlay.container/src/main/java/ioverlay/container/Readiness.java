package ioverlay.container;

import ioverlay.api.container.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceListener;

/**
 * Waits until a started bundle really gives what its manifest promises. That {@code start} returned proves nothing: a
 * component whose activation throws leaves the bundle active and its service without an object.
 */
final class Readiness<T> {
    /** How long the services may take to appear. */
    static final long LIMIT_MS = 5_000;

    private final BundleContext context;
    private final Catalogue<T> catalogue;

    Readiness(BundleContext context, Catalogue<T> catalogue) {
        this.context = context;
        this.catalogue = catalogue;
    }

    /**
     * Obtains one instance of each name, and gives it back.
     *
     * @throws RefusedException naming the one that is not to be had
     */
    void await(Bundle bundle, List<String> names) {
        Semaphore changes = new Semaphore(0);
        ServiceListener listener = event -> changes.release();
        context.addServiceListener(listener);
        try {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
            for (String name : names) {
                Lease<T> lease = catalogue.lease(await(bundle, name, changes, deadline));
                Parting.bounded("the check of " + name, lease::close);
            }
        } finally {
            context.removeServiceListener(listener);
        }
    }

    private Source<T> await(Bundle bundle, String name, Semaphore changes, long deadline) {
        while (true) {
            Optional<Source<T>> source = catalogue.of(bundle).stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst();
            if (source.isPresent()) {
                return source.get();
            }
            if (!await(changes, deadline)) {
                throw new RefusedException("bundle " + bundle.getSymbolicName() + " " + bundle.getVersion()
                        + " promises '" + name + "' but did not register it within " + LIMIT_MS
                        + " ms: something that its component refers to is missing, or its scope is not prototype");
            }
        }
    }

    private static boolean await(Semaphore changes, long deadline) {
        try {
            return changes.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
