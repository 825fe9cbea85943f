package ioverlay.cli;

import ioverlay.cli.Table.Column;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the demo says to the person who started it, before, meanwhile and afterwards. */
final class Screen {
    /** The versions of the relay, as they are shown meanwhile. */
    private static final String FIRST = "1.0.0";

    private static final String NEXT = "1.1.0";
    private static final int MOST_DRAWN = 15;

    private final PrintStream out;
    private final boolean terminal;
    private final Glyphs glyphs;

    /**
     * Takes what it needs.
     *
     * @param terminal whether lines can be drawn over
     */
    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.glyphs = Glyphs.of(out.charset());
    }

    void begin(Path file, long fileBytes, String sha256, Tree tree, Path copies, Optional<URI> page) {
        out.println("A file through " + tree.size() + " live nodes, while their algorithm is replaced.");
        out.println();
        out.println("  file    " + file + ", " + Units.bytes(fileBytes));
        out.println("  sha256  " + sha256);
        out.println("  tree    " + drawn(tree));
        out.println("  copies  " + copies + " (removed at the end)");
        out.println("  swaps   relay " + FIRST + " " + glyphs.arrow() + " " + NEXT + " " + glyphs.arrow() + " " + FIRST
                + " at every node");
        page.ifPresent(address -> out.println("  page    " + address));
        out.println();
    }

    private String drawn(Tree tree) {
        if (tree.size() > MOST_DRAWN) {
            return tree.size() + " nodes, each sends to two, " + Tree.name(Tree.ROOT) + " is the source";
        }
        return tree.names().stream()
                .limit(tree.size() / 2)
                .map(name -> {
                    String children = tree.children(tree.names().indexOf(name)).stream()
                            .map(Tree::name)
                            .collect(Collectors.joining(" "));
                    return name + " " + glyphs.arrow() + " " + children;
                })
                .collect(Collectors.joining(", "));
    }

    Display display() {
        ProgressBar bar = new ProgressBar(glyphs, FIRST, NEXT);
        return terminal ? new LiveDisplay(out, bar) : new LineDisplay(out, bar);
    }

    void removed(Path copies) {
        out.println("  " + copies + " removed");
    }

    void show(DemoReport report) {
        Table table = new Table(
                Column.left("node"),
                Column.left("address"),
                Column.right("bytes"),
                Column.right("MB/s"),
                Column.left("version"),
                Column.right("swaps"),
                Column.right("longest pause"),
                Column.left("intact"));
        for (NodeRow row : report.rows()) {
            table.row(
                    row.name(),
                    row.address(),
                    Long.toString(row.bytes()),
                    Units.rate(Units.rate(row.bytes(), row.seconds())),
                    row.version(),
                    Long.toString(row.swaps()),
                    Units.millis(row.longestPause()),
                    intact(row));
        }
        out.println();
        table.lines(glyphs).forEach(out::println);
        out.println();
        out.println(report.summary());
    }

    private String intact(NodeRow row) {
        if (!row.receives()) {
            return "source";
        }
        return row.intact() ? glyphs.yes() : glyphs.no();
    }
}
