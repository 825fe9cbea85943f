package ioverlay.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What every benchmark does: looks at its arguments, and that its file can be written, before anything runs; says under
 * which conditions it runs; shows its report, and ends well only if that says so.
 *
 * @param <O> what it was asked for
 */
public abstract class BenchCommand<O> implements Callable<Integer> {
    /** Where it says what it does. */
    protected final PrintStream out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON.")
    private @Nullable Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    /** What was found out. */
    public interface Report {
        /** Whether every bound was kept. */
        boolean passed();

        /** For a person. */
        List<String> lines();

        /** For a program. */
        JsonObject toJson();
    }

    /** A command that says there what it does. */
    protected BenchCommand(PrintStream out) {
        this.out = out;
    }

    /**
     * Looks at the arguments.
     *
     * @throws ParameterException with the rule and the value
     */
    protected abstract O options();

    /** What is about to run, in a sentence. */
    protected abstract String headline(O options);

    /** Runs it. */
    protected abstract Report measure(O options) throws InterruptedException, IOException;

    @Override
    public final Integer call() throws InterruptedException, IOException {
        O options = options();
        Optional<JsonFile> file = Optional.ofNullable(json).map(path -> JsonFile.at(path, spec.commandLine()));
        out.println(headline(options));
        Conditions.here().lines().forEach(out::println);
        Report report = measure(options);
        out.println();
        report.lines().forEach(out::println);
        if (file.isPresent()) {
            file.get().write(report.toJson());
        }
        return report.passed() ? Exit.OK : Exit.FAILED;
    }

    /** Refuses an argument with this sentence, unless it holds. */
    protected final void require(boolean holds, String sentence) {
        if (!holds) {
            throw refusal(sentence);
        }
    }

    /** A wrong argument, in a sentence with the rule and the value. */
    protected final ParameterException refusal(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
