package ioverlay.observer.fleet;

import com.google.gson.JsonObject;
import java.net.ProtocolException;
import java.time.Instant;

/**
 * What a container tells of what happened: {@link ioverlay.agent.line.LineType#EVENT}.
 *
 * @param number that the container gave it
 * @param happening for the log
 */
record Told(long number, Happening happening) {
    private static final int LONGEST = 255;

    static Told read(JsonObject json, String home) throws ProtocolException {
        try {
            JsonObject detail = json.getAsJsonObject("detail");
            detail.addProperty("container", home);
            if (json.has("missed")) {
                detail.addProperty("missedBefore", json.get("missed").getAsLong());
            }
            return new Told(
                    json.get("number").getAsLong(),
                    new Happening(
                            Instant.parse(json.get("time").getAsString()),
                            shortened(json.get("kind").getAsString()),
                            shortened(json.get("id").getAsString()),
                            shortened(json.get("node").getAsString()),
                            "",
                            json.get("sentence").getAsString(),
                            detail));
        } catch (RuntimeException e) {
            // Boundary of the wire: an event that is none costs the line.
            throw (ProtocolException)
                    new ProtocolException("an event has number, time, kind, node, id, sentence, detail").initCause(e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
