package ioverlay.observer.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/** Reads documents that another process wrote: what is not there or of another kind is empty, and nothing throws. */
public final class Reading {
    private Reading() {}

    /** The object; empty if there is none. */
    public static JsonObject object(JsonObject in, String member) {
        return in.get(member) instanceof JsonObject object ? object : new JsonObject();
    }

    /** The list; empty if there is none. */
    public static JsonArray array(JsonObject in, String member) {
        return in.get(member) instanceof JsonArray array ? array : new JsonArray();
    }

    /** The objects of a list. */
    public static List<JsonObject> objects(JsonObject in, String member) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonElement element : array(in, member)) {
            if (element instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /** The texts of a list. */
    public static List<String> texts(JsonObject in, String member) {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(in, member)) {
            if (element instanceof JsonPrimitive text) {
                texts.add(text.getAsString());
            }
        }
        return texts;
    }

    /** The text; empty if there is none. */
    public static String text(JsonObject in, String member) {
        return in.get(member) instanceof JsonPrimitive text ? text.getAsString() : "";
    }

    /** The number; 0 if there is none, or one that JSON could not say again: 1e999 is infinite. */
    public static double number(JsonObject in, String member) {
        double number = in.get(member) instanceof JsonPrimitive value && value.isNumber() ? value.getAsDouble() : 0;
        return Double.isFinite(number) ? number : 0;
    }
}
