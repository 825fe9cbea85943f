package ioverlay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table for a person: columns as wide as what they hold, a ruled line under the heads. */
final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** One column. */
    record Column(String head, boolean right) {
        static Column left(String head) {
            return new Column(head, false);
        }

        static Column right(String head) {
            return new Column(head, true);
        }
    }

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it has not one cell for each column
     */
    void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("a row has " + columns.size() + " cells, not " + cells.length);
        }
        rows.add(List.of(cells));
    }

    /** The lines, heads first, without spaces at their ends. */
    List<String> lines(Glyphs glyphs) {
        List<Integer> widths =
                IntStream.range(0, columns.size()).mapToObj(this::width).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::head).toList(), widths));
        lines.add(widths.stream().map(glyphs.rule()::repeat).collect(Collectors.joining(GAP)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(columns.get(column).head().length(), Math::max);
    }

    private String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, columns.size())
                .mapToObj(column -> {
                    String fill =
                            " ".repeat(widths.get(column) - cells.get(column).length());
                    return columns.get(column).right() ? fill + cells.get(column) : cells.get(column) + fill;
                })
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
