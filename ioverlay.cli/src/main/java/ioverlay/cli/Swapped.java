package ioverlay.cli;

import com.google.gson.JsonObject;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One swap of the demo.
 *
 * @param node name
 * @param from version that served before
 * @param to version that was wanted
 * @param atByte how much of the file had been sent when the swap was seen to be over
 * @param outcome what happened
 * @param pause how long the node dispatched nothing
 * @param sentence why, for a person
 */
record Swapped(String node, String from, String to, long atByte, Outcome outcome, Duration pause, String sentence) {
    /** What the container says of a swap. */
    static Swapped of(SwapResult result, long atByte) {
        return new Swapped(
                result.request().node(),
                result.from(),
                result.to(),
                atByte,
                result.outcome(),
                result.pause(),
                result.sentence());
    }

    boolean switched() {
        return outcome == Outcome.SWITCHED;
    }

    /** Whether the file was flowing: some of it had been sent, and some had not. Up to one byte has no in-between. */
    boolean whileFlowing(long fileBytes) {
        return fileBytes > 1 ? atByte > 0 && atByte < fileBytes : atByte <= fileBytes;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("node", node);
        json.addProperty("from", from);
        json.addProperty("to", to);
        json.addProperty("atByte", atByte);
        json.addProperty("outcome", outcome.name().toLowerCase(Locale.ROOT));
        json.addProperty("pauseMicros", TimeUnit.NANOSECONDS.toMicros(pause.toNanos()));
        return json;
    }
}
