package ioverlay.shell;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code overlay:log}. */
@CommandLine.Command(
        name = "log",
        description = "Shows the last lines of the container's log, the oldest first.",
        footer = {
            "",
            "It has what bundles log to OSGi, and what they log with System.Logger, the engine and the container too.",
            "Gives a list of LogLine; with -f nothing, and it ends by Ctrl-C."
        })
final class LogCommand extends Command {
    private static final int MOST = 1000;

    /** What the framework tells of bundles and services: far more than anybody wants to read. */
    private static final String FRAMEWORK = "Events.";

    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            description = "The last N, 1 to 1000. Default: 20.")
    private int number = 20;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is logged.")
    private boolean follow;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Only this and what is worse: ERROR, WARN, INFO, DEBUG, TRACE. Default: INFO.")
    private String level = "INFO";

    @Option(names = "--bundle", paramLabel = "BUNDLE", description = "Only of this bundle, by its symbolic name.")
    private String bundle = "";

    @Option(names = "--framework", description = "What the framework tells of bundles and services, too.")
    private boolean framework;

    @Override
    @Nullable Object run(Container container, Here here) {
        if (number < 1 || number > MOST) {
            throw new Failed("the number of lines is 1 to " + MOST + ", not " + number);
        }
        Severity least = Severity.of(level);
        List<LogLine> all = container.log().recent();
        List<LogLine> wanted =
                all.stream().filter(line -> isWanted(line, least)).toList();
        List<LogLine> last = wanted.subList(Math.max(0, wanted.size() - number), wanted.size());
        if (!follow) {
            requireBundle(all);
            return Shown.table(last, "nothing was logged", (lines, look) -> table(lines));
        }
        Following<LogLine> following = new Following<>(here, LogCommand::line);
        last.forEach(following::print);
        following.show(listener -> container.log().follow(line -> {
            if (isWanted(line, least)) {
                listener.accept(line);
            }
        }));
        return null;
    }

    private void requireBundle(List<LogLine> all) {
        List<String> there =
                all.stream().map(LogLine::bundle).distinct().sorted().toList();
        if (!bundle.isEmpty() && !there.contains(bundle)) {
            throw new Failed(Names.none("line of a bundle", bundle, there));
        }
    }

    private boolean isWanted(LogLine line, Severity least) {
        return Severity.of(line.level()).compareTo(least) <= 0
                && (framework || !line.logger().startsWith(FRAMEWORK))
                && (bundle.isEmpty() || line.bundle().equals(bundle));
    }

    private static String line(LogLine line) {
        return Clock.time(line.time()) + "  " + line.level() + "  " + line.bundle() + "  " + line.sentence();
    }

    private static Sheet table(List<LogLine> lines) {
        Sheet table = Sheet.of("time", "level", "bundle", "message");
        lines.forEach(line ->
                table.row(Clock.time(line.time()), Severity.of(line.level()).cell(), line.bundle(), line.sentence()));
        return table;
    }

    /** How bad a line is, the worst first. */
    enum Severity {
        /** Kept in any case. */
        AUDIT(Tone.PLAIN),
        /** Something is broken. */
        ERROR(Tone.BAD),
        /** A person should look. */
        WARN(Tone.PASSING),
        /** As it should be. */
        INFO(Tone.PLAIN),
        /** For whoever looks for a defect. */
        DEBUG(Tone.FAINT),
        /** Even more of that. */
        TRACE(Tone.FAINT);

        /** Those that are asked for. */
        static final List<String> NAMES = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

        private final Tone tone;

        Severity(Tone tone) {
            this.tone = tone;
        }

        static Severity of(String text) {
            String name = text.toUpperCase(Locale.ROOT);
            if (name.equals("WARNING")) {
                return WARN;
            }
            if (!NAMES.contains(name) && !name.equals("AUDIT")) {
                throw new Failed("a level is one of " + String.join(", ", NAMES) + ", not '" + text + "'");
            }
            return valueOf(name);
        }

        Cell cell() {
            return new Cell(name(), tone);
        }
    }
}
