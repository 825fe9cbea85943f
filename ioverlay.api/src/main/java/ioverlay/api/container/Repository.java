package ioverlay.api.container;

import java.net.URI;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The algorithm bundles that this container knows. An OSGi service.
 *
 * <p><b>Threads:</b> any.
 */
@ProviderType
public interface Repository {
    /** The largest bundle that is taken, in bytes. */
    int MAX_BUNDLE_BYTES = 64 << 20;

    /**
     * One algorithm in one version.
     *
     * @param name as in {@link ioverlay.api.AlgorithmType}
     * @param version its bundle's
     * @param bundle symbolic name
     * @param bundleId of the framework
     * @param users how many slots it serves
     */
    record Offer(String name, String version, String bundle, long bundleId, int users) {}

    /**
     * Verifies a bundle, installs it beside what runs, resolves and starts it. Adding the same bytes again changes
     * nothing and gives the same answer.
     *
     * @param location a {@code file:} URI
     * @return the algorithms it offers
     * @throws RefusedException with the reason; the bundle is then not installed
     */
    List<Offer> add(URI location);

    /** All algorithms that can be used now, by name, then by version. */
    List<Offer> algorithms();
}
