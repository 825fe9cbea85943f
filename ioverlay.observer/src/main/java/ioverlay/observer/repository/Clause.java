package ioverlay.observer.repository;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A clause of a manifest header (OSGi Core, 3.2.4).
 *
 * @param names before the first attribute
 * @param values attributes by name, directives by name and colon; without quotes, types of attributes left out
 */
record Clause(List<String> names, Map<String, String> values) {
    Clause {
        names = List.copyOf(names);
        values = Map.copyOf(values);
    }

    /** All clauses of a header; none if it is blank. */
    static List<Clause> all(String header) {
        return split(header, ',').stream()
                .filter(clause -> !clause.isBlank())
                .map(Clause::one)
                .toList();
    }

    private static Clause one(String text) {
        List<String> names = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        for (String part : split(text, ';')) {
            int equals = equalsSign(part);
            if (equals < 0) {
                names.add(part.strip());
            } else {
                values.put(key(part, equals), unquoted(part.substring(equals + 1)));
            }
        }
        return new Clause(names, values);
    }

    /** Of the first one outside quotes; {@code resolution:=optional} and {@code version:Version="1.0"} have one. */
    private static int equalsSign(String part) {
        int at = part.indexOf('=');
        int quote = part.indexOf('"');
        return quote >= 0 && quote < at ? -1 : at;
    }

    private static String key(String part, int equals) {
        String key = part.substring(0, equals).strip();
        int colon = key.indexOf(':');
        return colon < 0 || colon == key.length() - 1
                ? key
                : key.substring(0, colon).strip();
    }

    private static String unquoted(String text) {
        String value = text.strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            quoted ^= c == '"';
            if (c == separator && !quoted) {
                parts.add(text.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
