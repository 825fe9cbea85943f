package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a status ({@code docs/status.md}) says of one slot. A container may say anything: what is missing is empty or 0.
 *
 * @param upMillis since the node was made, when the status was taken: its own clock
 * @param application the slot
 * @param algorithm that serves
 * @param version that serves
 * @param previous version that a rollback takes
 * @param probationMillis left of its probation
 * @param processed calls that returned
 * @param failed calls that threw
 * @param sentBytes sent by its calls
 * @param queuedBytes that wait at the node for any slot
 */
record Slot(
        long upMillis,
        int application,
        String algorithm,
        String version,
        String previous,
        long probationMillis,
        long processed,
        long failed,
        long sentBytes,
        long queuedBytes) {

    /** All of a status. */
    static List<Slot> all(JsonObject status) {
        long upMillis = number(status, "upMillis");
        long queued = objects(status.get("upstreams")).stream()
                .mapToLong(link -> number(link, "queuedBytes"))
                .sum();
        return objects(status.get("slots")).stream()
                .map(slot -> new Slot(
                        upMillis,
                        (int) number(slot, "application"),
                        text(slot, "algorithm"),
                        text(slot, "version"),
                        text(slot, "previous"),
                        number(slot, "probationMillis"),
                        number(slot, "processed"),
                        number(slot, "failed"),
                        number(slot, "sentBytes"),
                        queued))
                .toList();
    }

    /** The one of that application. */
    static Optional<Slot> of(JsonObject status, int application) {
        return all(status).stream()
                .filter(slot -> slot.application == application)
                .findFirst();
    }

    private static List<JsonObject> objects(@Nullable JsonElement array) {
        return array == null || !array.isJsonArray()
                ? List.of()
                : array.getAsJsonArray().asList().stream()
                        .filter(JsonElement::isJsonObject)
                        .map(JsonElement::getAsJsonObject)
                        .toList();
    }

    /** A number of a document, or 0 where there is none that a long can hold. */
    static long number(JsonObject object, String key) {
        JsonElement value = object.get(key);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isNumber()) {
            return 0;
        }
        double number = value.getAsDouble(); // a document may say 1e99999
        return Math.abs(number) < Long.MAX_VALUE ? (long) number : 0;
    }

    /** A text of a document, or the empty one. */
    static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
