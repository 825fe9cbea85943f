package ioverlay.algo.coding;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.algo.coding.field.Kernel;
import ioverlay.algo.coding.node.Settings;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The checked settings of a node, the same with and without coding, so that one can be swapped for the other.
 *
 * @param role what it does
 * @param even where a source sends messages of even numbers; empty of other roles
 * @param odd where it sends those of odd numbers
 * @param next where other roles send
 * @param deliver whether the local application gets the data
 * @param patience how long a message waits for its partner, or for one that comes before it
 * @param kernel that computes
 */
record CodingSettings(
        Role role,
        List<NodeId> even,
        List<NodeId> odd,
        List<NodeId> next,
        boolean deliver,
        Duration patience,
        Kernel kernel) {
    private static final Set<String> NAMES = Set.of("role", "streams", "next", "deliver", "waitMillis", "kernel");
    private static final int LEAST_WAIT_MS = 10;
    private static final int MOST_WAIT_MS = 60_000;
    private static final int WAIT_MS = 1_000;

    /**
     * Reads them.
     *
     * @param self the node, which does not send to itself
     * @throws IllegalArgumentException if one is wrong or unknown; the text gives the rule and the value
     */
    static CodingSettings read(JsonObject json, NodeId self) {
        Settings settings = Settings.read(
                json, NAMES, "the settings of coding are role, streams, next, deliver, waitMillis and kernel");
        Role role = role(settings);
        Settings.require(
                settings.has("streams") == (role == Role.SOURCE) && !(role == Role.SOURCE && settings.has("next")),
                "a source has streams, the other roles have next",
                json.keySet());
        List<List<NodeId>> streams = streams(settings, self);
        return new CodingSettings(
                role,
                streams.get(0),
                streams.get(1),
                settings.nodes("next", self),
                settings.flag("deliver"),
                settings.millis("waitMillis", LEAST_WAIT_MS, MOST_WAIT_MS, WAIT_MS),
                settings.kernel());
    }

    private static Role role(Settings settings) {
        JsonElement value = settings.get("role", new JsonPrimitive(""));
        for (Role role : Role.values()) {
            if (value.equals(new JsonPrimitive(role.name().toLowerCase(Locale.ROOT)))) {
                return role;
            }
        }
        throw new IllegalArgumentException("role is source, helper, coder or decoder, not " + Settings.quoted(value));
    }

    private static List<List<NodeId>> streams(Settings settings, NodeId self) {
        if (!settings.has("streams")) {
            return List.of(List.of(), List.of());
        }
        JsonElement value = settings.get("streams", JsonNull.INSTANCE);
        Settings.require(
                value instanceof JsonArray both && both.size() == 2,
                "streams has two lists of nodes, for messages of even and of odd numbers",
                value);
        JsonArray both = value.getAsJsonArray();
        return List.of(Settings.nodes("streams", both.get(0), self), Settings.nodes("streams", both.get(1), self));
    }
}
