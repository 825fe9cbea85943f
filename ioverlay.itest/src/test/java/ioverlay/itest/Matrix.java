package ioverlay.itest;

import ioverlay.api.container.SwapResult;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** What became of each hostile version, as a table in the log. */
final class Matrix {
    private static final Logger LOG = System.getLogger(Matrix.class.getName());
    private static final String FORMAT = "%-42s %-10s %-9s %s";

    private final String title;
    private final List<String> rows = new ArrayList<>();

    Matrix(String title) {
        this.title = title;
        rows.add(FORMAT.formatted("a version that", "outcome", "reached", "sentence"));
    }

    void add(String what, SwapResult result) {
        add(what, result.outcome().name(), result.reached().name(), result.sentence());
    }

    void add(String what, String outcome, String reached, String sentence) {
        rows.add(FORMAT.formatted(what, outcome, reached, sentence));
    }

    void print() {
        LOG.log(Level.INFO, "{0}:\n{1}", title, String.join("\n", rows));
    }
}
