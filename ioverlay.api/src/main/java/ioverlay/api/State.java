package ioverlay.api;

import com.google.gson.JsonObject;
import java.util.Map;

/**
 * What an algorithm hands to its successor: a JSON object, and binary attachments that are handed over by reference and
 * must not be written to afterwards by the one that gave them.
 *
 * <p><b>Threads:</b> the engine passes it from the call of {@code save} to the call of {@code restore}.
 *
 * @param values anything Gson can hold
 * @param attachments by name; arrays are not copied
 */
public record State(JsonObject values, Map<String, byte[]> attachments) {
    /** Nothing to carry. */
    public static State empty() {
        return new State(new JsonObject(), Map.of());
    }

    /** Only values. */
    public static State of(JsonObject values) {
        return new State(values, Map.of());
    }

    /** Keeps its own map; the arrays stay shared. */
    public State {
        attachments = Map.copyOf(attachments);
    }
}
