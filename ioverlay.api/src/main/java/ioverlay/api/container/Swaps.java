package ioverlay.api.container;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Hot swap: replaces the algorithm in a slot of a live node. An OSGi service.
 *
 * <p><b>Threads:</b> any; the swap runs on a thread of the container, one at a time per node.
 */
@ProviderType
public interface Swaps {
    /**
     * Replaces.
     *
     * @return completes with the result, always; never exceptionally, in bounded time
     */
    CompletableFuture<SwapResult> swap(SwapRequest request);
}
