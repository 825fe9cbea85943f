package ioverlay.container;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;

/** What a bundle's manifest says it offers; see {@link ioverlay.api.AlgorithmType}. */
final class Offered {
    /** Capability of a bundle with an algorithm. */
    static final String ALGORITHM = "ioverlay.algorithm";

    /** Capability of a bundle with an application. */
    static final String APPLICATION = "ioverlay.application";

    private Offered() {}

    static boolean isNamespace(String namespace) {
        return namespace.equals(ALGORITHM) || namespace.equals(APPLICATION);
    }

    /** The names in one of the two namespaces. */
    static List<String> names(Bundle bundle, String namespace) {
        return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(namespace).stream()
                .flatMap(capability ->
                        Stream.ofNullable(capability.getAttributes().get(namespace)))
                .map(String::valueOf)
                .toList();
    }
}
