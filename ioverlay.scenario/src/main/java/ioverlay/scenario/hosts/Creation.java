package ioverlay.scenario.hosts;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.NodeSpec;

/** A node as the command {@code create} has it ({@code docs/commands.md}). */
final class Creation {
    private Creation() {}

    static JsonObject of(NodeSpec spec) {
        JsonObject create = new JsonObject();
        create.addProperty("do", "create");
        create.addProperty("name", spec.name());
        create.addProperty("address", spec.address());
        create.addProperty("port", spec.port());
        create.addProperty("bufferBytes", spec.bufferBytes());
        create.addProperty("maxPayload", spec.maxPayload());
        create.addProperty("inactivityMillis", spec.inactivityMillis());
        create.add("emulation", spec.emulation().toJson());
        spec.location().ifPresent(location -> create.addProperty("location", location.text()));
        JsonArray slots = new JsonArray();
        spec.slots().forEach((application, slot) -> {
            JsonObject one = new JsonObject();
            one.addProperty("application", Integer.toUnsignedLong(application));
            one.addProperty("algorithm", slot.algorithm());
            one.addProperty("versions", slot.versions());
            one.add("settings", slot.settings());
            slots.add(one);
        });
        create.add("slots", slots);
        return create;
    }
}
