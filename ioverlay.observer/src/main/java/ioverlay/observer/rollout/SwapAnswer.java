package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a container answers to {@code swap} and {@code rollback}: a {@link ioverlay.api.container.SwapResult} as JSON.
 *
 * @param outcome what became of it
 * @param sentence why
 * @param pauseMicros how long the node dispatched nothing
 */
record SwapAnswer(Outcome outcome, String sentence, OptionalLong pauseMicros) {
    /** What can become of it. */
    enum Outcome {
        SWITCHED,
        /** It was not needed: that version serves already. */
        SERVED,
        REFUSED,
        RETURNED
    }

    static SwapAnswer of(JsonElement json) {
        if (!json.isJsonObject()) {
            return new SwapAnswer(Outcome.REFUSED, "an answer that is none: " + json, OptionalLong.empty());
        }
        JsonObject answer = json.getAsJsonObject();
        Outcome outcome = switch (text(answer, "outcome").toUpperCase(Locale.ROOT)) {
            case "SWITCHED" -> Outcome.SWITCHED;
            case "RETURNED" -> Outcome.RETURNED;
            default -> servedAlready(answer) ? Outcome.SERVED : Outcome.REFUSED;
        };
        return new SwapAnswer(outcome, text(answer, "sentence"), pause(answer));
    }

    private static boolean servedAlready(JsonObject answer) {
        return text(answer, "reached").equalsIgnoreCase("verify")
                && !text(answer, "to").isEmpty()
                && text(answer, "to").equals(text(answer, "from"));
    }

    private static OptionalLong pause(JsonObject answer) {
        JsonElement micros = answer.get("pauseMicros");
        if (micros != null
                && micros.isJsonPrimitive()
                && micros.getAsJsonPrimitive().isNumber()) {
            return OptionalLong.of(Slot.number(answer, "pauseMicros"));
        }
        try {
            return OptionalLong.of(Duration.parse(text(answer, "pause")).toNanos() / 1_000);
        } catch (DateTimeParseException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
