package ioverlay.container;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

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
    /** Whether its bundle is active and the service there. */
    boolean isActive() {
        Bundle from = reference.getBundle();
        return from != null && from.getState() == Bundle.ACTIVE;
    }

    /** For a person: name and version. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
