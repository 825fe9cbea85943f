package ioverlay.container.retire;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A bundle that is uninstalled: what was found out about it while it could be asked. Holds its class loader weakly.
 *
 * <p><b>Threads:</b> any.
 */
final class Departed extends WeakReference<ClassLoader> {
    private static final int MAX_CLASSES = 10_000;

    private final String bundle;
    private final String version;
    private final Instant since;
    private final List<String> users;

    /** Names of its classes, until the loader is gone; written by the one who learns that, read by those who ask. */
    private volatile Set<String> classes;

    private Departed(
            ClassLoader loader,
            ReferenceQueue<ClassLoader> queue,
            Bundle bundle,
            Instant since,
            List<String> users,
            Set<String> classes) {
        super(loader, queue);
        this.bundle = bundle.getSymbolicName();
        this.version = bundle.getVersion().toString();
        this.since = since;
        this.users = users;
        this.classes = classes;
    }

    /** Looks at a bundle that is still active; empty if it has no class loader. */
    static Optional<Departed> of(Bundle bundle, ReferenceQueue<ClassLoader> queue, Instant now, Set<Long> ours) {
        return Optional.ofNullable(bundle.adapt(BundleWiring.class))
                .flatMap(wiring -> Optional.ofNullable(wiring.getClassLoader()))
                .map(loader -> new Departed(loader, queue, bundle, now, users(bundle, ours), classes(bundle)));
    }

    private static List<String> users(Bundle bundle, Set<Long> ours) {
        return references(bundle)
                .flatMap(reference -> Stream.ofNullable(reference.getUsingBundles())
                        .flatMap(Stream::of)
                        .filter(user -> !user.equals(bundle) && !ours.contains(user.getBundleId()))
                        .map(user -> "the bundle " + user.getSymbolicName() + " used its service "
                                + String.join(", ", names(reference)) + " and may still hold it"))
                .distinct()
                .toList();
    }

    private static List<String> names(ServiceReference<?> reference) {
        return reference.getProperty(Constants.OBJECTCLASS) instanceof String[] names ? List.of(names) : List.of();
    }

    private static Stream<ServiceReference<?>> references(Bundle bundle) {
        return Stream.ofNullable(bundle.getRegisteredServices()).flatMap(Stream::of);
    }

    private static Set<String> classes(Bundle bundle) {
        Enumeration<URL> entries =
                Optional.ofNullable(bundle.findEntries("/", "*.class", true)).orElseGet(Collections::emptyEnumeration);
        return Collections.list(entries).stream()
                .limit(MAX_CLASSES)
                .map(URL::getPath)
                .map(path ->
                        path.substring(1, path.length() - ".class".length()).replace('/', '.'))
                .collect(Collectors.toUnmodifiableSet());
    }

    String bundle() {
        return bundle;
    }

    String version() {
        return version;
    }

    Instant since() {
        return since;
    }

    /** Who may not have let go of its services, as sentences. */
    List<String> users() {
        return users;
    }

    boolean isGone() {
        return refersTo(null);
    }

    /** Whether that object is its class loader. */
    boolean isLoader(@Nullable ClassLoader loader) {
        return loader != null && refersTo(loader);
    }

    /** Whether it has a class of that name, as other versions of it may have, too. */
    boolean hasClass(String name) {
        return classes.contains(name);
    }

    /** Forgets what is of use only as long as the loader is there. */
    void forgetClasses() {
        classes = Set.of();
    }

    @Override
    public String toString() {
        return bundle + " " + version;
    }
}
