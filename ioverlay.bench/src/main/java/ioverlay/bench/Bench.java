package ioverlay.bench;

import ioverlay.bench.coding.CodingCommand;
import ioverlay.bench.emulation.EmulationCommand;
import ioverlay.bench.observer.ObserverCommand;
import ioverlay.bench.soak.SoakCommand;
import ioverlay.bench.soak.VictimCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code run/overlay bench}: finds the benchmark, and turns every way to fail into a sentence. */
@Command(
        name = "bench",
        synopsisSubcommandLabel = "BENCHMARK",
        description = "Measures the whole system in a container of its own.",
        footer = {
            "",
            "Exit code: 0 if what is promised held, 1 if not, 2 for a wrong argument.",
            "Figures, and how they were measured: docs/performance.md"
        })
final class Bench implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private Bench() {}

    /** Runs one command line in a container. */
    static int run(Steering steering, BooleanSupplier stopping, PrintStream out, PrintStream err, String... arguments) {
        List<Object> benchmarks = List.of(
                new SwapCommand(steering, out),
                new EmulationCommand(steering, out),
                new SoakCommand(steering, out),
                new ObserverCommand(out),
                new CodingCommand(out),
                new VictimCommand(steering, out));
        return run(benchmarks, stopping, out, err, arguments);
    }

    /**
     * Runs one command line.
     *
     * @param benchmarks to choose from
     * @param stopping whether the container is being stopped, which then is why a benchmark fails
     * @return the exit code
     */
    static int run(
            List<?> benchmarks, BooleanSupplier stopping, PrintStream out, PrintStream err, String... arguments) {
        CommandLine bench = new CommandLine(new Bench());
        benchmarks.forEach(bench::addSubcommand);
        bench.addSubcommand(new HelpCommand());
        // Called as the launcher calls it: "bench" is the first of the arguments.
        return new CommandLine(CommandSpec.create().name("overlay"))
                .addSubcommand(bench)
                .setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((wrong, rest) -> {
                    err.println(sentence(wrong));
                    return Exit.WRONG_USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, stopping, err))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "A benchmark is needed: swap, emulation, soak, observer or coding");
    }

    private static String sentence(ParameterException wrong) {
        String text = Objects.requireNonNullElse(wrong.getMessage(), "Wrong usage")
                .lines()
                .findFirst()
                .orElse("Wrong usage");
        return text + ". See: run/" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    }

    /** Boundary of every benchmark: what it throws becomes one sentence for a person. */
    private static int failed(Exception failure, BooleanSupplier stopping, PrintStream err) {
        if (failure instanceof InterruptedException || stopping.getAsBoolean()) {
            err.println("Stopped before the end");
            return Exit.FAILED;
        }
        switch (failure) {
            case FailedException e -> err.println("Failed: " + e.getMessage());
            default -> err.println("Failed: " + failure);
        }
        return Exit.FAILED;
    }
}
