package ioverlay.observer.fleet;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.time.Instant;

/**
 * A node, as the observer knows it.
 *
 * @param id where it listens
 * @param name in its container
 * @param home id of the container's run
 * @param state whether it can be told something
 * @param since when it registered
 * @param seen when the status was taken
 * @param status {@code docs/status.md}; empty before the first
 */
public record Member(NodeId id, String name, String home, State state, Instant since, Instant seen, JsonObject status) {
    /** Whether a node can be told something. */
    public enum State {
        /** Its container's line is open. */
        LIVE,
        /** Its container's line broke; it may come back. */
        LOST,
        /** It has ended; told once, then forgotten. */
        GONE
    }
}
