package ioverlay.api.container;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
     * @return completes with the result when the probation is over, always; never exceptionally, in bounded time
     */
    default CompletableFuture<SwapResult> swap(SwapRequest request) {
        return swap(request, phase -> {});
    }

    /**
     * Replaces, and tells how far it is.
     *
     * @param progress hears each phase as it is entered, on the thread that swaps, which waits meanwhile
     * @return completes with the result when the probation is over, always; never exceptionally, in bounded time
     */
    CompletableFuture<SwapResult> swap(SwapRequest request, Consumer<SwapPhase> progress);

    /**
     * Goes back to what the slot ran before its last swap, with its state: the same road backwards. On probation the old
     * instance takes over at once; later its version is installed again if need be.
     *
     * @param node name, or id as text
     * @param id of the command, as in {@link SwapRequest#id}
     * @return the result of the way back, as for a swap; refused if the slot has no version to go back to
     */
    CompletableFuture<SwapResult> rollback(String node, int application, String id);

    /**
     * Runs a version beside the one that serves, on a thread of its own: it gets copies of the messages, what it sends is
     * compared and discarded. It never delays a turn; what it cannot keep up with is counted as missed.
     *
     * @throws RefusedException if there is no such slot, no such version, or it does not begin
     */
    ShadowRun shadow(ShadowRequest request);

    /** Explains, in sentences for a person, what a slot runs, why it is parked or did not swap, and what comes nearest. */
    List<String> why(String node, int application);
}
