package ioverlay.api;

import com.google.gson.JsonObject;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where an {@link Application} runs: one node, one application id.
 *
 * <p><b>Threads:</b> within the application's calls only.
 */
@ProviderType
public interface Session {
    /** The node. */
    NodeId self();

    /** The application id that its messages carry, an unsigned 32-bit number. */
    int application();

    /** A copy of the settings it was started with. */
    JsonObject settings();

    /** Nanoseconds since the node started; the same value throughout one call. */
    long now();

    /** A generator seeded per node and application. */
    RandomGenerator random();
}
