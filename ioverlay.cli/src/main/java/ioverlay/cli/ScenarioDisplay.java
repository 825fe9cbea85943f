package ioverlay.cli;

import ioverlay.api.container.Scenarios.Progress;
import java.io.PrintStream;
import java.util.Locale;

/**
 * How far a scenario is: a line for each thing that happens, and below them, on a terminal, one that is drawn over itself;
 * elsewhere one every five seconds.
 *
 * <p><b>Threads:</b> any.
 */
final class ScenarioDisplay implements AutoCloseable {
    private static final int BAR = 24;
    private static final int MOST_COLUMNS = 78;
    private static final double SECONDS_BETWEEN = 5;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private String scenario = "";
    private double shownAt;
    private boolean drawn;

    ScenarioDisplay(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void show(Progress progress) {
        if (!progress.scenario().equals(scenario)) {
            erase();
            scenario = progress.scenario();
            shownAt = 0;
            out.println(scenario + ", " + Math.round(progress.length()) + " s");
        }
        if (!progress.happened().isEmpty()) {
            erase();
            out.println(cut(String.format(Locale.ROOT, "  %7.2f  %s", progress.seconds(), progress.happened())));
        }
        if (terminal) {
            erase();
            out.print(line(progress));
            out.flush();
            drawn = true;
        } else if (progress.seconds() - shownAt >= SECONDS_BETWEEN) {
            shownAt = progress.seconds();
            out.println(line(progress));
        }
    }

    private String cut(String line) {
        return terminal && line.length() > MOST_COLUMNS ? line.substring(0, MOST_COLUMNS - 3) + "..." : line;
    }

    private String line(Progress progress) {
        double part = Math.max(0, progress.seconds() / progress.length());
        Glyphs glyphs = Glyphs.of(out.charset());
        // It takes at least so long, and waits make it longer: whoever looks at a line looks at a run that is not over.
        int full = (int) Math.min(BAR - 1, Math.round(part * BAR));
        String bar = glyphs.full().repeat(full) + glyphs.empty().repeat(BAR - full);
        return cut(String.format(
                Locale.ROOT,
                "  %7.2f  %s  %d nodes, %s/s%s",
                progress.seconds(),
                bar,
                progress.nodes(),
                Units.bytes(Math.round(progress.bytesPerSecond())),
                part > 1 ? ", longer than " + Math.round(progress.length()) + " s" : ""));
    }

    private void erase() {
        if (drawn) {
            out.print(CLEAR_LINE);
            drawn = false;
        }
    }

    @Override
    public synchronized void close() {
        erase();
        out.flush();
    }
}
