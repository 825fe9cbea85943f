package ioverlay.observer.history;

import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Happening;

/**
 * A numbered line of the log: HAPPENING of {@code docs/rest.md}.
 *
 * @param number from 1, ascending, never given twice in one database, not without gaps
 * @param happening what it says
 */
public record LogLine(long number, Happening happening) {
    /** As it is answered and pushed. */
    public JsonObject toJson() {
        JsonObject line = new JsonObject();
        line.addProperty("number", number);
        line.addProperty("time", happening.time().toString());
        line.addProperty("kind", happening.kind());
        line.addProperty("node", happening.node());
        line.addProperty("name", happening.name());
        line.addProperty("who", happening.who());
        line.addProperty("sentence", happening.sentence());
        line.add("detail", happening.detail());
        return line;
    }
}
