package ioverlay.algo.coding;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a node counts, over all versions and algorithms that served. */
final class Counts {
    private static final int MOST_FAULTS = 64;

    long messages;
    long bytes;
    long effectiveMessages;
    long effectiveBytes;
    long repeated;
    long discarded;
    long combined;
    long alone;
    long decoded;
    long undecodable;
    long skipped;
    long expired;

    /** By what was wrong and whose link it came over. */
    private Map<String, Long> faults = new LinkedHashMap<>();

    /**
     * Counts what a link brought and should not have.
     *
     * @return how often by now
     */
    long fault(String what, NodeId link) {
        String key = what + " from " + link;
        return faults.merge(faults.size() < MOST_FAULTS || faults.containsKey(key) ? key : what, 1L, Long::sum);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("messages", messages);
        json.addProperty("bytes", bytes);
        json.addProperty("effectiveMessages", effectiveMessages);
        json.addProperty("effectiveBytes", effectiveBytes);
        json.addProperty("repeated", repeated);
        json.addProperty("discarded", discarded);
        json.addProperty("combined", combined);
        json.addProperty("alone", alone);
        json.addProperty("decoded", decoded);
        json.addProperty("undecodable", undecodable);
        json.addProperty("skipped", skipped);
        json.addProperty("expired", expired);
        JsonObject wrong = new JsonObject();
        faults.forEach(wrong::addProperty);
        json.add("faults", wrong);
        return json;
    }
}
