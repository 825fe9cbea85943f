package ioverlay.api.observer;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The repository of an observer: the bundles that were uploaded to it, from which rollouts bring versions to nodes. An
 * OSGi service of a container with an observer.
 *
 * <p><b>Threads:</b> any.
 */
@ProviderType
public interface Uploads {
    /**
     * Reads a bundle to its end, checks it and keeps it. The same bytes again are the bundle that is there.
     *
     * @param bundle its bytes, at most {@link ioverlay.api.container.Repository#MAX_BUNDLE_BYTES}; the caller closes it
     * @param who asks, for the log: for example {@code shell}
     * @throws ioverlay.api.container.RefusedException with a sentence if it is too large or none that can be kept, its version is there with
     *     other bytes, too many are on their way, or there is no room; nothing has changed
     * @throws IOException if it cannot be read to its end
     */
    UploadedBundle upload(InputStream bundle, String who) throws IOException;

    /** All that are kept, by name, then by version. */
    List<UploadedBundle> bundles();
}
