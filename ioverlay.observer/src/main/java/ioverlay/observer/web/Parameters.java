package ioverlay.observer.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Reads parameters of a query; what is wrong is a {@link Problem} 400 with rule and value. */
final class Parameters {
    private static final int LONGEST_TEXT = 256;

    private Parameters() {}

    /** A time as ISO 8601, or so many seconds before now as a negative number. */
    static Instant time(Request request, String name, Instant now, Instant usual) {
        String text = request.query(name).orElse("");
        if (text.isEmpty()) {
            return usual;
        }
        if (text.matches("-[0-9]{1,9}(\\.[0-9]{1,3})?")) {
            return now.minusMillis((long) (-Double.parseDouble(text) * 1000));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(
                    400,
                    name + " is a time as 2026-11-23T01:00:00Z or a negative number of seconds before now, not '" + text
                            + "'");
        }
    }

    /** A number within bounds. */
    static double number(Request request, String name, double usual, double least, double most) {
        String text = request.query(name).orElse("");
        if (text.isEmpty()) {
            return usual;
        }
        double value = text.matches("[0-9]{1,18}(\\.[0-9]{1,6})?") ? Double.parseDouble(text) : -1;
        if (value < least || value > most) {
            throw new Problem(400, name + " is a number from " + least + " to " + most + ", not '" + text + "'");
        }
        return value;
    }

    /** A whole number within bounds. */
    static long whole(Request request, String name, long usual, long least, long most) {
        String text = request.query(name).orElse("");
        if (text.isEmpty()) {
            return usual;
        }
        long value = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
        if (value < least || value > most) {
            throw new Problem(400, name + " is a whole number from " + least + " to " + most + ", not '" + text + "'");
        }
        return value;
    }

    /** A text; empty if it is not there. */
    static String text(Request request, String name) {
        String text = request.query(name).orElse("");
        if (text.length() > LONGEST_TEXT) {
            throw new Problem(400, name + " has at most " + LONGEST_TEXT + " characters, not " + text.length());
        }
        return text;
    }

    /** Whether a table is wanted and not JSON. */
    static boolean csv(Request request) {
        String format = request.query("format").orElse("json");
        if (!List.of("json", "csv").contains(format)) {
            throw new Problem(400, "format is json or csv, not '" + format + "'");
        }
        return format.equals("csv");
    }
}
