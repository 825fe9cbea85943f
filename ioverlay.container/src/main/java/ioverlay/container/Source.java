package ioverlay.container;

import ioverlay.api.WrittenBy;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Where instances of one algorithm or application in one version come from: a prototype service of a bundle.
 *
 * @param name as in {@link ioverlay.api.AlgorithmType} or {@link ioverlay.api.ApplicationType}
 * @param version its bundle's
 * @param bundle symbolic name
 * @param bundleId of the framework
 * @param reference to the service
 */
record Source<T>(String name, Version version, String bundle, long bundleId, ServiceReference<T> reference) {
    /** What its instances write into their state. */
    WrittenBy origin() {
        return new WrittenBy(name, version.toString());
    }

    /** Whether its bundle is active and the service there. */
    boolean isActive() {
        Bundle from = reference.getBundle();
        return from != null && from.getState() == Bundle.ACTIVE;
    }

    /** The class loader of its bundle, while it has one. */
    Optional<ClassLoader> code() {
        return Optional.ofNullable(reference.getBundle())
                .flatMap(from -> Optional.ofNullable(from.adapt(BundleWiring.class)))
                .flatMap(wiring -> Optional.ofNullable(wiring.getClassLoader()));
    }

    /** For a person: name and version. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
