package ioverlay.algo.coding.rlnc;

import com.google.gson.JsonObject;
import ioverlay.algo.coding.node.Faults;

/** What a node counts, over all versions that served. */
final class Tally {
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

    Faults faults = new Faults();

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
        json.add("faults", faults.json());
        return json;
    }
}
