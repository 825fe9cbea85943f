package ioverlay.api.container;

import java.net.URI;
import java.time.Instant;
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
     * @param bundleId of the framework; -1 if it is only stored
     * @param users how many slots it serves
     * @param state {@code active}, or {@code stored}: not installed, but installed by itself when it is asked for
     * @param sha256 of the bundle's bytes in the store, 64 hexadecimal digits; empty if it is not stored
     */
    record Offer(String name, String version, String bundle, long bundleId, int users, String state, String sha256) {
        /** An active one that is not stored. */
        public Offer(String name, String version, String bundle, long bundleId, int users) {
            this(name, version, bundle, bundleId, users, "active", "");
        }
    }

    /**
     * A bundle that was uninstalled since no slot uses it any more.
     *
     * @param bundle symbolic name
     * @param version its own
     * @param since when it was uninstalled
     * @param unloaded whether its class loader is gone; nobody forces a collection, so this may take a while
     * @param holders what still holds the class loader as far as can be seen, as sentences
     */
    record Retired(String bundle, String version, Instant since, boolean unloaded, List<String> holders) {
        /** Keeps its own list. */
        public Retired {
            holders = List.copyOf(holders);
        }
    }

    /**
     * Verifies a bundle, installs it beside what runs, resolves and starts it. Adding the same bytes again changes
     * nothing and gives the same answer.
     *
     * @param location a {@code file:} URI
     * @return the algorithms it offers
     * @throws RefusedException with the reason; the bundle is then not installed
     */
    List<Offer> add(URI location);

    /**
     * The same, if the bytes have the expected digest.
     *
     * @param sha256 64 hexadecimal digits
     * @throws RefusedException with the reason, both digests if they differ; the bundle is then not installed
     */
    List<Offer> add(URI location, String sha256);

    /** All algorithms that can be used now, by name, then by version; those that are only stored among them. */
    List<Offer> algorithms();

    /** Bundles that were retired, the latest first, at most 1000. */
    List<Retired> retired();

    /**
     * Explains, in sentences for a person, what state a bundle is in and why: what it misses, what comes nearest, who uses
     * it, what still holds it.
     *
     * @param bundle a symbolic name, a symbolic name and version with a colon between, or a number of the framework
     */
    List<String> why(String bundle);
}
