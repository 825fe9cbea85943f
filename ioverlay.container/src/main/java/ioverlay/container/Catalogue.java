package ioverlay.container;

import ioverlay.api.container.RefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.VersionRange;

/**
 * What can be obtained now: the prototype services of one type that carry a name. It looks into the framework's
 * registry at each question, so it cannot be out of date.
 *
 * <p><b>Threads:</b> any.
 */
final class Catalogue<T> {
    private final BundleContext context;
    private final Class<T> type;
    private final String nameProperty;
    private final String noun;

    /** Told the number of a bundle that somebody has let go of; set once, before anything is obtained. */
    private volatile LongConsumer idle = bundle -> {};

    /** What was obtained and not yet given back. */
    private final Set<Lease<T>> leases = ConcurrentHashMap.newKeySet();

    /** How many want a bundle to stay, by its number; guards {@link #barred} too. */
    private final Map<Long, Integer> claims = new HashMap<>();

    /** How often a bundle was barred; written under the lock of the claims. */
    private volatile long departures;

    /** What is being retired, by the number of its bundle. */
    private final Map<Long, List<Source<T>>> barred = new ConcurrentHashMap<>();

    /** What is being withdrawn, or was: the framework may show it a little longer. */
    private final Set<ServiceReference<?>> gone =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * Looks through a bundle's eyes.
     *
     * @param noun what one is called in a sentence
     */
    Catalogue(BundleContext context, Class<T> type, String nameProperty, String noun) {
        this.context = context;
        this.type = type;
        this.nameProperty = nameProperty;
        this.noun = noun;
    }

    /** Reserves a bundle, so that it cannot be barred; false if it is. */
    boolean claim(long bundle) {
        synchronized (claims) {
            boolean free = !barred.containsKey(bundle);
            if (free) {
                claims.merge(bundle, 1, Integer::sum);
            }
            return free;
        }
    }

    /** Ends that. */
    void unclaim(long bundle) {
        synchronized (claims) {
            claims.computeIfPresent(bundle, (id, count) -> count == 1 ? null : count - 1);
        }
        idle.accept(bundle);
    }

    /** Shows nothing of a bundle any more; false if it is in use, and then nothing was done. */
    boolean bar(Bundle bundle) {
        List<Source<T>> offered = of(bundle);
        synchronized (claims) {
            boolean idle = !claims.containsKey(bundle.getBundleId())
                    && leases.stream().noneMatch(lease -> lease.source().bundleId() == bundle.getBundleId());
            if (idle) {
                barred.put(bundle.getBundleId(), offered);
                departures++;
            }
            return idle;
        }
    }

    /** Shows it again, if it is still there. */
    void unbar(long bundle) {
        synchronized (claims) {
            barred.remove(bundle);
            claims.notifyAll();
        }
    }

    /** Another number whenever a bundle was barred meanwhile. */
    long departures() {
        return departures;
    }

    /** Waits until no such version is barred, or until a time by {@code System.nanoTime}. */
    void awaitNoneBarred(String name, VersionRange range, long deadline) throws InterruptedException {
        synchronized (claims) {
            for (long left = deadline - System.nanoTime();
                    left > 0 && isBarred(name, range);
                    left = deadline - System.nanoTime()) {
                claims.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        }
    }

    private boolean isBarred(String name, VersionRange range) {
        return barred.values().stream()
                .flatMap(List::stream)
                .anyMatch(source -> source.name().equals(name) && range.includes(source.version()));
    }

    /** Everything, by name, then by version. */
    List<Source<T>> all() {
        List<Source<T>> all = new ArrayList<>();
        for (ServiceReference<T> reference : references()) {
            Bundle bundle = reference.getBundle();
            if (bundle != null
                    && !gone.contains(reference)
                    && !barred.containsKey(bundle.getBundleId())
                    && reference.getProperty(nameProperty) instanceof String name
                    && Constants.SCOPE_PROTOTYPE.equals(reference.getProperty(Constants.SERVICE_SCOPE))) {
                all.add(new Source<>(
                        name, bundle.getVersion(), bundle.getSymbolicName(), bundle.getBundleId(), reference));
            }
        }
        all.sort(Comparator.<Source<T>, String>comparing(Source::name)
                .thenComparing(Source::version)
                .thenComparing(Source::reference));
        return all;
    }

    private List<ServiceReference<T>> references() {
        try {
            return List.copyOf(context.getServiceReferences(type, "(" + nameProperty + "=*)"));
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("the filter is a constant", e);
        }
    }

    /** What one bundle offers. */
    List<Source<T>> of(Bundle bundle) {
        return all().stream()
                .filter(source -> source.bundleId() == bundle.getBundleId())
                .toList();
    }

    /**
     * The highest version in a range.
     *
     * @throws RefusedException if there is none; the sentence lists what there is
     */
    Source<T> highest(String name, VersionRange range) {
        return find(name, range).orElseThrow(() -> missing(name, range, List.of()));
    }

    /** The highest version in a range, if there is one. */
    Optional<Source<T>> find(String name, VersionRange range) {
        return all().stream()
                .filter(source -> source.name().equals(name) && range.includes(source.version()))
                .reduce((lower, higher) -> higher);
    }

    /**
     * Why there is none.
     *
     * @param others of that name that are to be had elsewhere, for a person
     */
    RefusedException missing(String name, VersionRange range, List<String> others) {
        return new RefusedException(
                "no " + noun + " '" + name + "'" + (range.equals(Ranges.ANY) ? "" : " in versions " + range)
                        + " is here; " + listed(name, others),
                new NotHereException(name));
    }

    private String listed(String name, List<String> others) {
        List<Source<T>> all = all();
        List<Source<T>> namesakes =
                all.stream().filter(source -> source.name().equals(name)).toList();
        List<Source<T>> nearest = namesakes.isEmpty() && others.isEmpty() ? all : namesakes;
        return nearest.isEmpty() && others.isEmpty()
                ? "there is none of any name"
                : "there are: "
                        + Stream.concat(nearest.stream().map(Source::toString), others.stream())
                                .distinct()
                                .collect(Collectors.joining(", "));
    }

    /**
     * Obtains a new instance.
     *
     * @throws RefusedException if the bundle gives none: it is stopping, or its component cannot be activated
     */
    Lease<T> lease(Source<T> source) {
        if (!claim(source.bundleId())) {
            throw new RefusedException("the bundle of " + source + " is just being retired; ask again");
        }
        try {
            return claimed(source);
        } finally {
            unclaim(source.bundleId());
        }
    }

    private Lease<T> claimed(Source<T> source) {
        ServiceObjects<T> objects = context.getServiceObjects(source.reference());
        T instance = objects == null ? null : objects.getService();
        if (objects == null || instance == null) {
            throw new RefusedException(source + " of bundle " + source.bundle()
                    + " is registered but gives no instance: "
                    + Activation.failure(context, source.reference())
                            .map(failure -> "its activation failed with " + failure)
                            .orElse("its activation failed, or its bundle is stopping"));
        }
        Lease<T> lease = new Lease<>(source, instance, objects, this::returned);
        leases.add(lease);
        if (gone.contains(source.reference())) {
            lease.markGone();
        }
        return lease;
    }

    private void returned(Lease<T> lease) {
        leases.remove(lease);
        idle.accept(lease.source().bundleId());
    }

    /** Has somebody hear of bundles that are let go of; must return at once. */
    void whenIdle(LongConsumer listener) {
        idle = listener;
    }

    /** Marks what came from a service that is being withdrawn. */
    void withdrawn(ServiceReference<?> reference) {
        gone.add(reference);
        for (Lease<T> lease : leases) {
            if (lease.source().reference().equals(reference)) {
                lease.markGone();
            }
        }
    }
}
