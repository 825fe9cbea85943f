package ioverlay.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A moment of the demo as text of at most {@value #WIDTH} columns. */
final class ProgressBar {
    /** One less than the usual terminal, so that nothing wraps. */
    static final int WIDTH = 79;

    private static final int PERCENT = 100;

    /** So that the bar beside it keeps its width. */
    private static final int SPEED_WIDTH = "  999.9 MB/s".length();

    private final Glyphs glyphs;
    private final String first;
    private final String next;

    /**
     * Names the versions.
     *
     * @param first the one that serves at the beginning
     * @param next the one that takes over for a while
     */
    ProgressBar(Glyphs glyphs, String first, String next) {
        this.glyphs = glyphs;
        this.first = first;
        this.next = next;
    }

    /** Three lines: the file, the swaps, the version at each node. */
    List<String> block(Snapshot moment) {
        String numbers = "  " + percent(moment) + "  " + amount(moment);
        String head = "  file   ";
        String swaps = "  swaps  " + moment.swapsDone() + " of " + moment.swapsPlanned();
        String nodes = moment.onNext().stream()
                .map(onNext -> onNext ? glyphs.next() : glyphs.first())
                .collect(Collectors.joining());
        return List.of(
                head + bar(moment.part(), WIDTH - head.length() - numbers.length()) + numbers,
                moment.swapping().isEmpty()
                        ? swaps
                        : swaps + "   " + moment.swapping() + " " + glyphs.arrow() + " " + target(moment),
                "  relay  " + nodes + legend(moment.onNext().size()));
    }

    /** The same in one line. */
    String line(Snapshot moment) {
        String swaps = "swaps " + moment.swapsDone() + " of " + moment.swapsPlanned();
        String swapping = moment.swapping().isEmpty() ? "" : ", now " + moment.swapping() + " to " + target(moment);
        return String.format(
                Locale.ROOT,
                "%5.1f s  %s  %s  %s%s",
                moment.seconds(),
                percent(moment),
                amount(moment),
                swaps,
                swapping);
    }

    /** Many nodes need the line for themselves. */
    private String legend(int nodes) {
        String legend = "   " + glyphs.first() + " " + first + "  " + glyphs.next() + " " + next;
        return nodes + legend.length() + "  relay  ".length() > WIDTH ? "" : legend;
    }

    private String target(Snapshot moment) {
        return moment.swapsDone() * 2 < moment.swapsPlanned() ? next : first;
    }

    private String bar(double part, int width) {
        int full = (int) Math.round(part * width);
        return glyphs.full().repeat(full) + glyphs.empty().repeat(width - full);
    }

    private static String percent(Snapshot moment) {
        return String.format(Locale.ROOT, "%3d %%", (int) (moment.part() * PERCENT));
    }

    private static String amount(Snapshot moment) {
        String all = Units.bytes(moment.fileBytes());
        String some = Units.bytes(moment.bytes());
        String speed = Units.bytes((long) moment.bytesPerSecond()) + "/s";
        return " ".repeat(Math.max(0, all.length() - some.length())) + some + " of " + all
                + " ".repeat(Math.max(2, SPEED_WIDTH - speed.length())) + speed;
    }
}
