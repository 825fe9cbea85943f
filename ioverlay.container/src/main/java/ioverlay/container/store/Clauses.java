package ioverlay.container.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clauses of a manifest header: separated by commas outside quotes, names before the first attribute. */
final class Clauses {
    private Clauses() {}

    /** The name of the first clause, or the empty text. */
    static String firstName(String header) {
        List<String> names = names(header);
        return names.isEmpty() ? "" : names.getFirst();
    }

    /** The first name of each clause. */
    static List<String> names(String header) {
        List<String> names = new ArrayList<>();
        for (String clause : split(header, ',')) {
            String name = split(clause, ';').getFirst().strip();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** The values of an attribute in the clauses of one name, without quotes; its type may be written with it. */
    static List<String> values(String header, String name, String attribute) {
        Pattern form = Pattern.compile(Pattern.quote(attribute) + "\\s*(:[^=]*)?=\\s*\"?(.*?)\"?\\s*", Pattern.DOTALL);
        return split(header, ',').stream()
                .map(clause -> split(clause, ';'))
                .filter(parts -> parts.getFirst().strip().equals(name))
                .flatMap(List::stream)
                .map(part -> form.matcher(part.strip()))
                .filter(Matcher::matches)
                .map(match -> match.group(2))
                .toList();
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
