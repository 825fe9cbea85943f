package ioverlay.algo.tree;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The checked settings of a tree, the same for all of its algorithms.
 *
 * @param source whether this node is where the session's data comes from
 * @param join whether it joins by itself, not only when told
 * @param hosts known from the start
 * @param probe against whom the last mile is measured
 * @param exchange how often neighbours hear how the node is
 * @param repair how long an orphan keeps its children
 * @param deliver whether the local application gets the data
 */
record TreeSettings(
        boolean source,
        boolean join,
        List<NodeId> hosts,
        Optional<NodeId> probe,
        Duration exchange,
        Duration repair,
        boolean deliver) {
    private static final Set<String> NAMES =
            Set.of("source", "join", "hosts", "probe", "exchangeMillis", "repairMillis", "deliver");
    private static final int MOST_HOSTS = 1024;
    private static final int LONGEST_QUOTE = 100;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if one is wrong or unknown; the text gives the rule and the value
     */
    static TreeSettings read(JsonObject settings) {
        for (String name : settings.keySet()) {
            require(
                    NAMES.contains(name),
                    "a tree's settings are source, join, hosts, probe, exchangeMillis, repairMillis and deliver",
                    name);
        }
        boolean source = flag(settings, "source", false);
        return new TreeSettings(
                source,
                flag(settings, "join", source),
                hosts(settings),
                Optional.ofNullable(settings.get("probe")).map(node -> node(node, "probe")),
                millis(settings, "exchangeMillis", 1_000, 50, 60_000),
                millis(settings, "repairMillis", 1_000, 0, 60_000),
                flag(settings, "deliver", true));
    }

    private static List<NodeId> hosts(JsonObject settings) {
        JsonElement hosts = settings.has("hosts") ? settings.get("hosts") : new JsonArray();
        require(hosts.isJsonArray(), "hosts is an array of nodes", hosts);
        require(hosts.getAsJsonArray().size() <= MOST_HOSTS, "hosts has at most " + MOST_HOSTS + " nodes", hosts);
        List<NodeId> nodes = new ArrayList<>();
        hosts.getAsJsonArray().forEach(host -> nodes.add(node(host, "hosts")));
        return List.copyOf(nodes);
    }

    private static NodeId node(JsonElement element, String name) {
        try {
            return NodeId.parse(element.getAsString());
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    name + " names nodes as IPv4:port, for example 127.0.0.1:7000, not " + quoted(element), e);
        }
    }

    private static boolean flag(JsonObject settings, String name, boolean otherwise) {
        JsonElement value = settings.has(name) ? settings.get(name) : new JsonPrimitive(otherwise);
        require(value instanceof JsonPrimitive primitive && primitive.isBoolean(), name + " is true or false", value);
        return value.getAsBoolean();
    }

    private static Duration millis(JsonObject settings, String name, int otherwise, int least, int most) {
        JsonElement value = settings.has(name) ? settings.get(name) : new JsonPrimitive(otherwise);
        String rule = name + " is " + least + " to " + most;
        require(value instanceof JsonPrimitive primitive && primitive.isNumber(), rule, value);
        double millis = value.getAsDouble();
        require(millis >= least && millis <= most, rule, value);
        return Duration.ofMillis((long) millis);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + quoted(value));
        }
    }

    private static String quoted(Object value) {
        String text = value.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
