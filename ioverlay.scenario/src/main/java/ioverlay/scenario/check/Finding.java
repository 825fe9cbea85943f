package ioverlay.scenario.check;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * What was measured, beside what was expected.
 *
 * @param name of the assertion or figure, with the node's if it is one of several
 * @param expected or null
 * @param measured or null, if it could not be
 * @param tolerance a number, a text as {@code 3 %}, or null
 * @param passed whether it is what was expected; true for a figure
 * @param unit of the numbers, or empty
 * @param relation between measured and expected: {@code =}, {@code ≤}, {@code ≥}, or empty
 * @param note for a person, or empty
 */
public record Finding(
        String name,
        JsonElement expected,
        JsonElement measured,
        JsonElement tolerance,
        boolean passed,
        String unit,
        String relation,
        String note) {
    /** As {@code --json} has it. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.add("expected", expected);
        json.add("measured", measured);
        json.add("tolerance", tolerance);
        json.addProperty("passed", passed);
        return json;
    }

    /** With all that the report shows besides. */
    public JsonObject toLongJson() {
        JsonObject json = toJson();
        json.addProperty("unit", unit);
        json.addProperty("relation", relation);
        json.addProperty("note", note);
        return json;
    }
}
