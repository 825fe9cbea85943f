package ioverlay.algo.coding.rlnc;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a node counts, over all versions that served. */
final class Tally {
    private static final int MOST_FAULTS = 64;

    long received;
    long innovative;
    long minimum;
    long late;
    long ahead;
    long generations;
    long packets;
    long repairs;
    long messages;
    long bytes;
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
        json.addProperty("received", received);
        json.addProperty("innovative", innovative);
        json.addProperty("minimum", minimum);
        json.addProperty("late", late);
        json.addProperty("ahead", ahead);
        json.addProperty("generations", generations);
        json.addProperty("packets", packets);
        json.addProperty("repairs", repairs);
        json.addProperty("messages", messages);
        json.addProperty("bytes", bytes);
        json.addProperty("skipped", skipped);
        json.addProperty("expired", expired);
        JsonObject wrong = new JsonObject();
        faults.forEach(wrong::addProperty);
        json.add("faults", wrong);
        return json;
    }
}
