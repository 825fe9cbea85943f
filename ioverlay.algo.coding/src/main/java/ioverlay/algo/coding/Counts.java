package ioverlay.algo.coding;

import com.google.gson.JsonObject;
import ioverlay.algo.coding.node.Faults;

/** What a node counts, over all versions and algorithms that served. */
final class Counts {
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

    Faults faults = new Faults();

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
        json.add("faults", faults.json());
        return json;
    }
}
