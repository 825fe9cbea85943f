package ioverlay.api;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where an algorithm runs: one slot of one node. It is the only source of time, randomness and settings, so that the
 * same bundle also runs in a deterministic simulator.
 *
 * <p><b>Threads:</b> within the algorithm's calls only.
 */
@ProviderType
public interface Place {
    /** The engine, for this slot's sends. */
    Engine engine();

    /** The node. */
    NodeId self();

    /** The application that this slot serves; 0 serves all that have no slot of their own. */
    int application();

    /** A copy of the slot's settings. */
    JsonObject settings();

    /** Nanoseconds since the node started; the same value throughout one call. */
    long now();

    /** The slot's generator, seeded per node and application; its state is carried over a swap. */
    RandomGenerator random();

    /**
     * The messages that this slot holds, the oldest first. After a swap the successor finds its predecessor's here, from
     * its final {@link Algorithm#restore} on.
     */
    List<Message> held();
}
