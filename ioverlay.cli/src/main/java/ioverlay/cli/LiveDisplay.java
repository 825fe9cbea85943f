package ioverlay.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * One block on a terminal that is drawn over itself: the file's progress, the swaps, the version at each node.
 *
 * <p><b>Threads:</b> one.
 */
final class LiveDisplay implements Display {
    private static final double SECONDS_BETWEEN = 0.1;
    private static final String CLEAR_REST = "\033[K";
    private static final String HIDE_CURSOR = "\033[?25l";
    private static final String SHOW_CURSOR = "\033[?25h";

    private final PrintStream out;
    private final ProgressBar bar;
    private int drawn;
    private double shownAt = Double.NEGATIVE_INFINITY;

    LiveDisplay(PrintStream out, ProgressBar bar) {
        this.out = out;
        this.bar = bar;
    }

    @Override
    public void show(Snapshot moment) {
        if (moment.seconds() - shownAt < SECONDS_BETWEEN && moment.part() < 1) {
            return;
        }
        shownAt = moment.seconds();
        List<String> lines = bar.block(moment);
        StringBuilder block = new StringBuilder();
        block.append(drawn == 0 ? HIDE_CURSOR : "\033[%dA".formatted(drawn));
        lines.forEach(line -> block.append('\r').append(line).append(CLEAR_REST).append('\n'));
        drawn = lines.size();
        out.print(block);
        out.flush();
    }

    @Override
    public void close() {
        if (drawn > 0) {
            out.print(SHOW_CURSOR);
            out.flush();
            drawn = 0;
        }
    }
}
