package ioverlay.bench;

import ioverlay.api.container.SwapResult;
import java.io.PrintStream;
import java.util.Locale;

/** Says how far a benchmark is: on a terminal in one line that is drawn over, otherwise in a few lines. */
final class Progress {
    private static final int LINES_WITHOUT_TERMINAL = 4;
    private static final double NS_PER_MS = 1e6;

    private final PrintStream out;
    private final boolean terminal;
    private int width;

    /**
     * Takes where to write.
     *
     * @param terminal whether a line can be drawn over
     */
    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void swapped(int done, int planned, SwapResult latest) {
        String line = String.format(
                Locale.ROOT,
                "  swap %d of %d: relay %s, pause %.2f ms",
                done,
                planned,
                latest.to(),
                latest.pause().toNanos() / NS_PER_MS);
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            out.flush();
            width = line.length();
        } else if (done == planned || done % Math.max(1, planned / LINES_WITHOUT_TERMINAL) == 0) {
            out.println(line);
        }
    }

    /** Leaves room for what comes next. */
    void done() {
        if (terminal) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
        }
    }
}
