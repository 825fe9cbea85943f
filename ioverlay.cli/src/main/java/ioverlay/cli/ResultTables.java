package ioverlay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.cli.Table.Column;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came out of a scenario, as tables: what failed, or all if that is not much; figures; a sentence. */
final class ResultTables {
    private static final int MOST_ROWS = 40;

    private final PrintStream out;
    private final Glyphs glyphs;

    ResultTables(PrintStream out) {
        this.out = out;
        this.glyphs = Glyphs.of(out.charset());
    }

    void show(JsonObject result) {
        List<JsonObject> all = objects(result, "assertions");
        List<JsonObject> failed =
                all.stream().filter(one -> !one.get("passed").getAsBoolean()).toList();
        List<JsonObject> shown = all.size() <= MOST_ROWS ? all : failed;
        out.println();
        if (!shown.isEmpty()) {
            Table table = new Table(
                    Column.left("assertion"), Column.left("expected"), Column.right("measured"), Column.left("passed"));
            shown.stream()
                    .limit(MOST_ROWS)
                    .forEach(one -> table.row(
                            text(one.get("name")),
                            expected(one),
                            value(one.get("measured"), one),
                            one.get("passed").getAsBoolean() ? glyphs.yes() : glyphs.no()));
            table.lines(glyphs).forEach(out::println);
            out.println();
        }
        figures(objects(result, "figures"));
        out.println(text(result.get(result.has("run") ? "run" : "scenario")) + ": "
                + (result.get("passed").getAsBoolean() ? "passed" : "FAILED") + ", " + (all.size() - failed.size())
                + " of " + all.size() + " assertions hold");
    }

    private void figures(List<JsonObject> figures) {
        if (figures.isEmpty()) {
            return;
        }
        Table table = new Table(Column.left("figure"), Column.right("measured"), Column.left("note"));
        figures.stream()
                .limit(MOST_ROWS)
                .forEach(one ->
                        table.row(text(one.get("name")), value(one.get("measured"), one), text(one.get("note"))));
        table.lines(glyphs).forEach(out::println);
        out.println();
    }

    private static List<JsonObject> objects(JsonObject result, String key) {
        List<JsonObject> all = new ArrayList<>();
        result.getAsJsonArray(key).forEach(one -> all.add(one.getAsJsonObject()));
        return all;
    }

    private static String expected(JsonObject one) {
        String relation = text(one.get("relation"));
        String word = relation.equals("≤") ? "at most " : relation.equals("≥") ? "at least " : "";
        String tolerance = text(one.get("tolerance"));
        String margin = tolerance.isEmpty() || tolerance.equals("0")
                ? ""
                : " +- " + (tolerance.endsWith("%") ? tolerance : value(one.get("tolerance"), one));
        return word + value(one.get("expected"), one) + margin;
    }

    private static String value(JsonElement element, JsonObject one) {
        if (!(element instanceof JsonPrimitive number && number.isNumber())) {
            return element.isJsonNull() ? "nothing" : text(element);
        }
        double value = element.getAsDouble();
        return switch (text(one.get("unit"))) {
            case "B/s" -> Units.bytes(Math.round(value)) + "/s";
            case "B" -> Units.bytes(Math.round(value));
            case "s" -> String.format(Locale.ROOT, value < 1 ? "%.1f ms" : "%.2f s", value < 1 ? value * 1000 : value);
            default ->
                (value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.3f", value))
                        + (text(one.get("unit")).isEmpty() ? "" : " " + text(one.get("unit")));
        };
    }

    private static String text(JsonElement element) {
        if (element.isJsonNull()) {
            return "";
        }
        return element instanceof JsonPrimitive primitive ? primitive.getAsString() : element.toString();
    }
}
