package ioverlay.algo.coding.node;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What links brought and should not have: how often, by what was wrong and whose link it came over. Bounded. */
public final class Faults {
    private static final int MOST = 64;

    private Map<String, Long> times = new LinkedHashMap<>();

    /** Nothing was wrong. */
    public Faults() {}

    /**
     * Counts one.
     *
     * @param algorithm that refuses it
     * @param what was wrong, a word
     * @param link the neighbour that brought it
     * @param sentence what exactly
     * @return what to say of it the first, second, fourth … time; empty in between
     */
    public Optional<String> count(String algorithm, String what, NodeId link, String sentence) {
        String key = what + " from " + link;
        long now = times.merge(times.size() < MOST || times.containsKey(key) ? key : what, 1L, Long::sum);
        return Long.bitCount(now) == 1
                ? Optional.of(algorithm + " refused from " + link + ", " + now + " times by now: " + sentence)
                : Optional.empty();
    }

    /** How often, by what and from whom. */
    public JsonObject json() {
        JsonObject json = new JsonObject();
        times.forEach(json::addProperty);
        return json;
    }
}
