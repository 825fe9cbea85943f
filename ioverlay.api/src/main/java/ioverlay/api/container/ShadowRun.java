package ioverlay.api.container;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A version that runs beside the one that serves.
 *
 * <p><b>Threads:</b> any.
 */
@ProviderType
public interface ShadowRun {
    /** What was seen so far. */
    ShadowReport soFar();

    /** Completes with the report when the run is over: its time is up, it was stopped, or the slot is gone. */
    CompletableFuture<ShadowReport> report();

    /** Ends it; idempotent. */
    void stop();
}
