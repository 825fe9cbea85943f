package ioverlay.shell;

import ioverlay.api.container.Emulation;
import ioverlay.api.container.LinkEmulation;
import ioverlay.api.container.LinkEmulation.Way;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The network that a node is to believe in, for a person. */
final class EmulationPage {
    private static final double WHOLE = 100.0;
    private static final double MILLI = 1000.0;

    private EmulationPage() {}

    static List<String> lines(Emulation emulation, Look look) {
        Sheet table = Sheet.of("traffic", ">cap", ">latency", ">jitter", ">loss");
        table.row("total", cap(emulation.total()), "", "", "");
        table.row("in", cap(emulation.in()), "", "", "");
        table.row("out", cap(emulation.out()), "", "", "");
        for (LinkEmulation link : emulation.links()) {
            boolean to = link.way() == Way.TO;
            table.row(
                    link.way().name().toLowerCase(Locale.ROOT) + " " + link.peer(),
                    cap(link.bytesPerSecond()),
                    to ? millis(link.latencyMicros()) : "",
                    to ? millis(link.jitterMicros()) : "",
                    to ? percent(link.loss()) : "");
        }
        List<String> lines = new ArrayList<>(table.lines(look));
        lines.add("metered over " + emulation.meteringMillis() + " ms, seed " + emulation.seed());
        return lines;
    }

    /** The caps of the node itself in one line, or the empty text. */
    static String caps(Emulation emulation) {
        List<String> caps = new ArrayList<>();
        emulation.total().ifPresent(rate -> caps.add("total " + Units.rate(rate)));
        emulation.in().ifPresent(rate -> caps.add("in " + Units.rate(rate)));
        emulation.out().ifPresent(rate -> caps.add("out " + Units.rate(rate)));
        int links = emulation.links().size();
        if (links > 0) {
            caps.add(links + (links == 1 ? " link" : " links") + " emulated");
        }
        return caps.isEmpty() ? "" : "capped: " + String.join(", ", caps);
    }

    /** A cap, or off. */
    static Cell cap(OptionalLong rate) {
        return rate.isPresent() ? Cell.of(Units.rate(rate.getAsLong())) : new Cell("off", Tone.FAINT);
    }

    private static String millis(long micros) {
        return micros == 0
                ? ""
                : BigDecimal.valueOf(micros / MILLI).stripTrailingZeros().toPlainString() + " ms";
    }

    private static String percent(double loss) {
        return loss == 0
                ? ""
                : BigDecimal.valueOf(loss * WHOLE)
                                .setScale(2, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " %";
    }
}
