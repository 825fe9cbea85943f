package ioverlay.scenario.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** JSON pointers (RFC 6901). */
final class Pointer {
    private Pointer() {}

    /** What it points at; null if there is nothing. */
    static JsonElement at(JsonElement document, String pointer) {
        JsonElement at = document;
        for (String part : pointer.substring(1).split("/", -1)) {
            at = member(at, part.replace("~1", "/").replace("~0", "~"));
        }
        return at;
    }

    private static JsonElement member(JsonElement at, String key) {
        if (at instanceof JsonObject object && object.has(key)) {
            return object.get(key);
        }
        boolean isIndex = key.matches("0|[1-9][0-9]{0,5}");
        return at instanceof JsonArray list && isIndex && Integer.parseInt(key) < list.size()
                ? list.get(Integer.parseInt(key))
                : JsonNull.INSTANCE;
    }
}
