package ioverlay.container.journal;

import com.google.gson.JsonObject;
import ioverlay.api.container.SlotSpec;

/**
 * A slot as it is to be.
 *
 * @param spec which versions may come back, and the settings
 * @param version that serves for good
 * @param trial that is on probation instead, as name and version; empty if none is
 */
public record SlotEntry(SlotSpec spec, String version, String trial) {
    SlotEntry onTrial(String candidate) {
        return new SlotEntry(spec, version, candidate);
    }

    JsonObject json(int application) {
        JsonObject json = new JsonObject();
        json.addProperty("application", Integer.toUnsignedLong(application));
        json.addProperty("algorithm", spec.algorithm());
        json.addProperty("version", version);
        json.addProperty("versions", spec.versions());
        json.add("settings", spec.settings());
        return json;
    }

    static SlotEntry of(JsonObject json) {
        SlotSpec spec = new SlotSpec(
                json.get("algorithm").getAsString(),
                json.get("versions").getAsString(),
                json.getAsJsonObject("settings"));
        return new SlotEntry(spec, json.get("version").getAsString(), "");
    }
}
