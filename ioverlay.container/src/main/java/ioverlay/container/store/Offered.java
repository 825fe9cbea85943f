package ioverlay.container.store;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;

/** What a bundle's manifest says it offers; see {@link ioverlay.api.AlgorithmType}. */
public final class Offered {
    /** Capability of a bundle with an algorithm. */
    public static final String ALGORITHM = "ioverlay.algorithm";

    /** Capability of a bundle with an application. */
    public static final String APPLICATION = "ioverlay.application";

    private Offered() {}

    /** Whether a capability of that namespace makes a bundle one of ours. */
    public static boolean isNamespace(String namespace) {
        return namespace.equals(ALGORITHM) || namespace.equals(APPLICATION);
    }

    /** The names in one of the two namespaces. */
    public static List<String> names(Bundle bundle, String namespace) {
        return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(namespace).stream()
                .flatMap(capability ->
                        Stream.ofNullable(capability.getAttributes().get(namespace)))
                .map(String::valueOf)
                .toList();
    }
}
