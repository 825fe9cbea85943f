package ioverlay.container;

import ioverlay.api.container.RefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
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

    /** What was obtained and not yet given back. */
    private final Set<Lease<T>> leases = ConcurrentHashMap.newKeySet();

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

    /** Everything, by name, then by version. */
    List<Source<T>> all() {
        List<Source<T>> all = new ArrayList<>();
        for (ServiceReference<T> reference : references()) {
            Bundle bundle = reference.getBundle();
            if (bundle != null
                    && !gone.contains(reference)
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
        ServiceObjects<T> objects = context.getServiceObjects(source.reference());
        T instance = objects == null ? null : objects.getService();
        if (objects == null || instance == null) {
            throw new RefusedException(source + " of bundle " + source.bundle()
                    + " is registered but gives no instance: "
                    + Activation.failure(context, source.reference())
                            .map(failure -> "its activation failed with " + failure)
                            .orElse("its activation failed, or its bundle is stopping"));
        }
        Lease<T> lease = new Lease<>(source, instance, objects, leases::remove);
        leases.add(lease);
        if (gone.contains(source.reference())) {
            lease.markGone();
        }
        return lease;
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
