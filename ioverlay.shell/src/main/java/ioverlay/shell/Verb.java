package ioverlay.shell;

import ioverlay.api.container.RefusedException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command as Gogo calls it: reads its arguments, and turns every way to fail into one sentence. */
final class Verb implements Function {
    static final String SCOPE = "overlay";
    private static final int USAGE_COLUMNS = 100;
    private static final int LEAST_USAGE_COLUMNS = 55;

    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=\\.) ");

    private final String name;
    private final Supplier<Command> kind;
    private final Container container;

    Verb(String name, Supplier<Command> kind, Container container) {
        this.name = name;
        this.kind = kind;
        this.container = container;
    }

    String name() {
        return name;
    }

    @Override
    public @Nullable Object execute(CommandSession session, List<Object> arguments) throws Exception {
        Here here = Here.in(session);
        CommandLine line = line();
        ParseResult parsed = parse(line, arguments);
        while (parsed.hasSubcommand() && !parsed.isUsageHelpRequested()) {
            parsed = parsed.subcommand();
        }
        CommandLine asked = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested()) {
            return usage(asked, here.look());
        }
        try {
            Command command = asked.getCommand();
            return command.run(container, here);
        } catch (RefusedException | IllegalArgumentException e) {
            throw new Failed(reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : Cell.harmless(message);
    }

    private static ParseResult parse(CommandLine line, List<Object> arguments) {
        try {
            return line.parseArgs(arguments.stream().map(String::valueOf).toArray(String[]::new));
        } catch (ParameterException e) {
            throw new Failed(sentence(e), e);
        }
    }

    private static String sentence(ParameterException wrong) {
        CommandLine at = wrong.getCommandLine();
        String called = at.getCommandSpec().qualifiedName();
        String text = wrong instanceof UnmatchedArgumentException unmatched
                ? called + " takes no " + String.join(" ", unmatched.getUnmatched())
                : reason(wrong).lines().findFirst().orElse("").strip();
        return text + (text.endsWith(".") ? " " : ". ") + "It is: " + synopsis(at);
    }

    private static String synopsis(CommandLine at) {
        CommandLine.Help plain = new CommandLine.Help(
                at.getCommandSpec(), CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return plain.synopsis(0).strip().replaceAll("\\s+", " ");
    }

    /** What it takes, for a person. */
    String usage(Look look) {
        return usage(line(), look);
    }

    private static String usage(CommandLine at, Look look) {
        int columns = look.columns() == 0 ? USAGE_COLUMNS : Math.min(USAGE_COLUMNS, look.columns());
        at.setUsageHelpWidth(Math.max(LEAST_USAGE_COLUMNS, columns));
        return at.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing();
    }

    /** What it does, in a sentence. */
    String purpose() {
        String[] description = spec().usageMessage().description();
        return description.length == 0 ? "" : END_OF_SENTENCE.split(description[0], 2)[0];
    }

    boolean isHidden() {
        return spec().usageMessage().hidden();
    }

    CommandSpec spec() {
        return line().getCommandSpec();
    }

    private CommandLine line() {
        CommandLine line = new CommandLine(kind.get())
                .setCommandName(SCOPE + ":" + name)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false);
        for (CommandLine one : line.getSubcommands().values()) {
            one.setExpandAtFiles(false);
        }
        return line;
    }
}
