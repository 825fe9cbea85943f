package ioverlay.observer.web;

import java.io.IOException;
import java.io.Writer;

/** Rows of a table as RFC 4180 has them. */
final class Csv {
    private Csv() {}

    /** Writes a row; a number is written as it is, a text so that no spreadsheet takes it for a formula. */
    static void row(Writer out, Object... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            out.write(i == 0 ? "" : ",");
            out.write(cell(cells[i]));
        }
        out.write("\r\n");
    }

    private static String cell(Object value) {
        String text = String.valueOf(value);
        if (value instanceof Number) {
            return text;
        }
        // Sentences come from algorithms, which are others' code: "=cmd|…" must stay a text.
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
