package ioverlay.cli;

import java.io.PrintStream;

/**
 * A plain line every second, for a log or a pipe.
 *
 * <p><b>Threads:</b> one.
 */
final class LineDisplay implements Display {
    private static final double SECONDS_BETWEEN = 1;

    private final PrintStream out;
    private final ProgressBar bar;
    private double nextAt = SECONDS_BETWEEN;

    LineDisplay(PrintStream out, ProgressBar bar) {
        this.out = out;
        this.bar = bar;
    }

    @Override
    public void show(Snapshot moment) {
        if (moment.seconds() >= nextAt) {
            nextAt = moment.seconds() + SECONDS_BETWEEN;
            out.println(bar.line(moment));
        }
    }

    @Override
    public void close() {}
}
