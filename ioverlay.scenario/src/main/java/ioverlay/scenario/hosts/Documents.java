package ioverlay.scenario.hosts;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.reflect.TypeToken;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import java.util.Objects;
import java.util.Optional;

/** The document of a node ({@code docs/status.md}), read back. */
final class Documents {
    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(
                    NodeId.class, (JsonDeserializer<NodeId>) (json, type, context) -> NodeId.parse(json.getAsString()))
            .registerTypeAdapter(Emulation.class, (JsonDeserializer<Emulation>)
                    (json, type, context) -> Emulation.NONE.changed(json.getAsJsonObject()))
            .registerTypeAdapter(int.class, (JsonDeserializer<Integer>)
                    (json, type, context) -> (int) json.getAsLong()) // ids of applications are unsigned
            .registerTypeAdapter(
                    Integer.class, (JsonDeserializer<Integer>) (json, type, context) -> (int) json.getAsLong())
            .registerTypeAdapter(new TypeToken<Optional<NodeId>>() {}.getType(), (JsonDeserializer<Optional<NodeId>>)
                    (json, type, context) -> Optional.of(NodeId.parse(json.getAsString())))
            .registerTypeAdapter(
                    new TypeToken<Optional<Location>>() {}.getType(), (JsonDeserializer<Optional<Location>>)
                            (json, type, context) -> Optional.of(context.deserialize(json, Location.class)))
            .create();

    private Documents() {}

    /**
     * A status.
     *
     * @throws RefusedException if it is none
     */
    static NodeStatus read(JsonElement document) {
        try {
            return whole(GSON.fromJson(document, NodeStatus.class));
        } catch (RuntimeException e) {
            // Boundary to another process: whatever is wrong with what it said, it is no document.
            throw new RefusedException("a node's document cannot be read: " + e.getMessage(), e);
        }
    }

    /** Gson reads a null as null, also where it is an optional that is empty. */
    private static NodeStatus whole(NodeStatus read) {
        return new NodeStatus(
                Objects.requireNonNull(read.name()),
                Objects.requireNonNull(read.id()),
                read.upMillis(),
                read.upstreams(),
                read.downstreams(),
                read.slots(),
                read.applications(),
                read.counters(),
                read.pauses(),
                Objects.requireNonNull(read.emulation()),
                Objects.requireNonNull(read.rates()),
                read.sessions(),
                read.lastMileBytesPerSecond(),
                Objects.requireNonNullElse(read.location(), Optional.empty()),
                Objects.requireNonNullElse(read.observer(), Optional.empty()),
                read.weights());
    }
}
