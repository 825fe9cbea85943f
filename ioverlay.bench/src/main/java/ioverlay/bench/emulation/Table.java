package ioverlay.bench.emulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under heads, in columns as wide as they need; a last column says whether the bound is kept. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /** No lines for no rows, else an empty one at the end. */
    static List<String> of(List<Row> rows, String... heads) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String[]> all = new ArrayList<>();
        all.add(with(heads, ""));
        for (Row row : rows) {
            all.add(with(row.cells(), row.holds() ? "ok" : "BROKEN"));
        }
        int[] widths = new int[all.getFirst().length];
        all.forEach(cells -> Arrays.setAll(widths, column -> Math.max(widths[column], cells[column].length())));
        List<String> lines = new ArrayList<>();
        all.forEach(cells -> lines.add(line(cells, widths)));
        lines.add(1, line(Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new), widths));
        lines.add("");
        return lines;
    }

    private static String[] with(String[] cells, String last) {
        String[] all = Arrays.copyOf(cells, cells.length + 1);
        all[cells.length] = last;
        return all;
    }

    /** What is measured on the left, numbers on the right of their columns. */
    private static String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.length; column++) {
            String space = " ".repeat(widths[column] - cells[column].length());
            boolean left = column == 0 || column == cells.length - 1;
            line.append(column == 0 ? "" : GAP)
                    .append(left ? "" : space)
                    .append(cells[column])
                    .append(left ? space : "");
        }
        return line.toString().stripTrailing();
    }
}
