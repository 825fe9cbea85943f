package ioverlay.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: finds the subcommand, and turns every way to fail into one sentence and an exit code. */
@Command(
        name = "overlay",
        synopsisSubcommandLabel = "COMMAND",
        description = "An OSGi container for overlay nodes whose algorithms are replaced while traffic flows.",
        footer = {
            "",
            "run/overlay test runs the project's tests, run/overlay bench its benchmarks.",
            "Exit code: 0 if what was asked for happened, 1 if not, 2 for a wrong argument."
        })
final class Overlay implements Runnable {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private Overlay() {}

    /**
     * What a command line meets.
     *
     * @param version of this program
     * @param out for what was asked for
     * @param err for what went wrong
     * @param stopping whether the container is being stopped, which then is why a command fails
     */
    record Surroundings(String version, PrintStream out, PrintStream err, BooleanSupplier stopping) {}

    /**
     * Runs one command line.
     *
     * @param demo the subcommand
     * @param container what {@code up}, {@code observer} and {@code node} do
     * @param project the subcommand {@code new}
     * @param scenario the subcommand
     * @return the exit code
     */
    static int run(
            DemoCommand demo,
            UpCommand.Container container,
            NewCommand project,
            ScenarioCommand scenario,
            Surroundings around,
            String... arguments) {
        PrintStream out = around.out();
        PrintStream err = around.err();
        CommandLine commandLine = new CommandLine(new Overlay())
                .addSubcommand(demo)
                .addSubcommand(new UpCommand(container))
                .addSubcommand(new ObserverCommand(container))
                .addSubcommand(new NodeCommand(container))
                .addSubcommand(project)
                .addSubcommand(scenario)
                .addSubcommand(new ShellCommand())
                .addSubcommand(new HelpCommand())
                .setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((wrong, rest) -> {
                    err.println(sentence(wrong));
                    return WRONG_USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, around));
        commandLine.getCommandSpec().versionProvider(provider(around.version()));
        return commandLine.execute(arguments);
    }

    private static IVersionProvider provider(String version) {
        return () -> new String[] {"iOverlay " + version};
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "A command is needed: demo, up, observer, node, shell, scenario, new or help");
    }

    private static String sentence(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String text = wrong instanceof UnmatchedArgumentException unmatched
                ? unmatched(wrong.getCommandLine(), unmatched.getUnmatched())
                : Objects.requireNonNullElse(wrong.getMessage(), "Wrong usage").strip();
        String end = text.endsWith(".") || text.endsWith("?") ? " " : ". ";
        return text.lines().findFirst().orElse(text) + end + "See: run/" + command + " --help";
    }

    private static String unmatched(CommandLine at, List<String> arguments) {
        boolean command = at.getParent() == null && !arguments.getFirst().startsWith("-");
        return command
                ? "There is no command '" + arguments.getFirst() + "'"
                : "The command " + at.getCommandSpec().qualifiedName() + " takes no " + String.join(" ", arguments);
    }

    /** Boundary of every command: what it throws becomes one sentence for a person. */
    private static int failed(Exception failure, Surroundings around) {
        PrintStream err = around.err();
        if (failure instanceof InterruptedException || around.stopping().getAsBoolean()) {
            err.println("Stopped before the end");
            return FAILED;
        }
        switch (failure) {
            case UsageException e -> {
                err.println(Reason.text(e));
                return WRONG_USAGE;
            }
            case FailedException e -> err.println(Reason.text(e));
            default -> {
                System.getLogger(Overlay.class.getName()).log(System.Logger.Level.DEBUG, "a command failed", failure);
                err.println("Failed: " + Reason.text(failure));
            }
        }
        return FAILED;
    }
}
