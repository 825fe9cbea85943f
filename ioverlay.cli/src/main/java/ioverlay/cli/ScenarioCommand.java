package ioverlay.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code overlay scenario}: its options. */
@Command(
        name = "scenario",
        description = {
            "Runs experiments that files describe: nodes, a time line, what is recorded, what must come out."
                    + " See docs/scenarios.md.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "All files are read before the first is run. Several are run one after the other, and stand side by side in the"
                    + " report.",
            "Exit code: 0 only if all assertions of all files passed, 1 if one failed, 2 if a file was refused."
        })
final class ScenarioCommand implements Callable<Integer> {
    private final Runner runner;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario files.")
    private List<Path> files = List.of();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            converter = Folder.class,
            description = "Write the report there: index.html, result.json, samples.csv, topology.json.")
    private @Nullable Path report;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "The value of a variable that the files declare; several times for several.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed, in the place of the files' own; several times to run each file once with each.")
    private List<Long> seeds = new ArrayList<>();

    @Option(
            names = "--observer",
            paramLabel = "URL",
            description =
                    "Make all nodes in the containers of the observer whose page is there, as http://127.0.0.1:8500;"
                            + " else in this process, or where a file says.")
    private @Nullable String observer;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final HelpOption help = new HelpOption();

    ScenarioCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        return runner.run(new ScenarioOptions(
                files,
                Optional.ofNullable(report),
                Optional.ofNullable(json),
                set,
                seeds,
                Optional.ofNullable(observer)));
    }

    /** Not the empty text, as of a variable that is not set: it would be the working directory. */
    static final class Folder implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            if (value.isEmpty()) {
                throw new TypeConversionException("a directory is needed, not ''");
            }
            return Path.of(value);
        }
    }

    /** What the command does; the tests put something simpler in its place. */
    @FunctionalInterface
    interface Runner {
        int run(ScenarioOptions options) throws Exception;
    }
}
