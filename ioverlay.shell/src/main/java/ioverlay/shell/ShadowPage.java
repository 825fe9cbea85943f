package ioverlay.shell;

import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowReport.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a version in the shadow compares, for a person. */
final class ShadowPage {
    private static final double WHOLE = 100.0;

    private ShadowPage() {}

    static List<String> lines(ShadowReport report, Look look) {
        List<String> lines = new ArrayList<>();
        lines.add(report.request().algorithm() + " " + report.shadow() + " in the shadow of " + report.live() + " at "
                + report.request().node() + ", slot "
                + States.id(report.request().application())
                + (report.ended().isEmpty() ? "" : ": " + Cell.harmless(report.ended())));
        Sheet table = Sheet.of("", ">calls", "");
        table.row("compared", report.compared(), "");
        table.row("differed", count(report.differed()), part(report.differed(), report.compared()));
        table.row("failed", count(report.failed()), "");
        table.row("missed", report.missed(), "");
        lines.addAll(table.lines(look));
        lines.add("a call took " + micros(report.liveTurn().toNanos()) + " in " + report.live() + ", "
                + micros(report.shadowTurn().toNanos()) + " in " + report.shadow());
        for (Example example : report.examples()) {
            lines.add("");
            lines.add("at " + Cell.harmless(example.message()));
            example.live().forEach(line -> lines.add("  " + report.live() + ": " + Cell.harmless(line)));
            nothing(lines, report.live(), example.live());
            example.shadow().forEach(line -> lines.add("  " + report.shadow() + ": " + Cell.harmless(line)));
            nothing(lines, report.shadow(), example.shadow());
        }
        return lines;
    }

    private static void nothing(List<String> lines, String version, List<String> sends) {
        if (sends.isEmpty()) {
            lines.add("  " + version + ": nothing");
        }
    }

    private static Cell count(long calls) {
        return new Cell(Long.toString(calls), calls == 0 ? Tone.GOOD : Tone.BAD);
    }

    private static String part(long differed, long compared) {
        return compared == 0 || differed == 0 ? "" : String.format(Locale.ROOT, "%.2f %%", WHOLE * differed / compared);
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.2f us", nanos / 1000.0);
    }
}
