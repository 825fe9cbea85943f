package ioverlay.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table for a person. It never wraps: where it is wider than its reader's terminal the columns on the right are cut
 * first. One row is one line, so that {@code grep} finds rows.
 */
final class Sheet {
    private static final String GAP = "  ";

    /** What a column keeps at least, as long as others can still be cut. */
    private static final int LEAST = 6;

    private static final int LEAST_HEAD = 3;

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** One column. */
    record Column(String head, boolean right) {}

    private Sheet(List<Column> columns) {
        this.columns = columns;
    }

    /** A table with these heads; one that begins with {@code >} stands over numbers, which stand at the right. */
    static Sheet of(String... heads) {
        return new Sheet(Arrays.stream(heads)
                .map(head -> head.startsWith(">") ? new Column(head.substring(1), true) : new Column(head, false))
                .toList());
    }

    /**
     * Adds a row.
     *
     * @param cells texts, numbers or {@link Cell}s, one for each column
     */
    void row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("a row has " + columns.size() + " cells, not " + cells.length);
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> cell instanceof Cell made ? made : Cell.of(cell))
                .toList());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Columns that it takes if nothing is cut. */
    int width() {
        return total(natural());
    }

    private int[] natural() {
        return IntStream.range(0, columns.size()).map(this::width).toArray();
    }

    /** The lines, heads first, without spaces at their ends. */
    List<String> lines(Look look) {
        int[] widths = fit(look.columns());
        List<String> lines = new ArrayList<>();
        lines.add(line(
                columns.stream()
                        .map(column -> new Cell(column.head(), Tone.STRONG))
                        .toList(),
                widths,
                look));
        rows.forEach(row -> lines.add(line(row, widths, look)));
        return lines;
    }

    private int[] fit(int room) {
        int[] widths = natural();
        int excess = room == 0 ? 0 : total(widths) - room;
        for (int least : new int[] {LEAST, LEAST_HEAD}) { // what heads say is known: they give first
            for (int column = widths.length - 1; column > 0 && excess > 0; column--) {
                int given = Math.min(excess, Math.max(0, widths[column] - Math.max(least, content(column))));
                widths[column] -= given;
                excess -= given;
            }
        }
        for (int least : new int[] {LEAST, 1}) {
            for (int column = widths.length - 1; column > 0 && excess > 0; column--) {
                int given = Math.min(excess, Math.max(0, widths[column] - least));
                widths[column] -= given;
                excess -= given;
            }
        }
        widths[0] = Math.max(1, widths[0] - Math.max(0, excess));
        return widths;
    }

    private static int total(int[] widths) {
        return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private int width(int column) {
        return Math.max(columns.get(column).head().length(), content(column));
    }

    private int content(int column) {
        return rows.stream().mapToInt(row -> row.get(column).width()).reduce(0, Math::max);
    }

    private String line(List<Cell> cells, int[] widths, Look look) {
        StringBuilder line = new StringBuilder();
        int pending = 0;
        for (int column = 0; column < widths.length; column++) {
            Cell cell = cells.get(column);
            if (cell.text().isEmpty()) {
                pending += widths[column] + GAP.length();
                continue;
            }
            line.append(" ".repeat(pending))
                    .append(cell.in(widths[column], columns.get(column).right(), look))
                    .append(GAP);
            pending = 0;
        }
        return line.toString().stripTrailing();
    }
}
