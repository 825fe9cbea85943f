package ioverlay.bench.coding;

import ioverlay.bench.Conditions;
import ioverlay.bench.FailedException;
import ioverlay.bench.coding.CodingOptions.Wanted;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Has JMH measure row by row. Rows of one kind and one kernel are measured in one JVM, since the compiler needs seconds until
 * vectors are fast; each kind in another one, since what the compiler has seen of one makes it take others for what they are
 * not.
 */
final class CodingBench {
    private static final int MEASUREMENTS = 5;
    private static final TimeValue MEASUREMENT = TimeValue.milliseconds(60);
    private static final double MIDDLE = 50;

    /** Two benchmarks at a time measure each other; but it is not for JMH to forbid it by a file for all users. */
    private static final String NO_LOCK = "jmh.ignoreLock";

    private final PrintStream out;

    CodingBench(PrintStream out) {
        this.out = out;
    }

    CodingReport run(CodingOptions options) throws IOException, InterruptedException {
        System.setProperty(NO_LOCK, "true");
        Map<List<Object>, List<Wanted>> kinds = options.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.what(), row.kernel()), LinkedHashMap::new, Collectors.toList()));
        List<CodingRow> rows = new ArrayList<>();
        for (List<Wanted> kind : kinds.values()) {
            rows.addAll(kinds.size() == 1 ? here(kind) : new OwnJvm(out).measured(kind));
        }
        return new CodingReport(rows, Conditions.here());
    }

    private List<CodingRow> here(List<Wanted> wanted) {
        List<CodingRow> rows = new ArrayList<>();
        for (Wanted each : wanted) {
            CodingRow row = measured(each);
            out.println(row.line());
            rows.add(row);
        }
        return rows;
    }

    private static CodingRow measured(Wanted wanted) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Turns.class.getName().replace(".", "\\.") + "\\." + wanted.what() + "$")
                .param("k", Integer.toString(wanted.k()))
                .param("bytes", Integer.toString(wanted.bytes()))
                .param("kernel", wanted.kernel().name())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(1)
                .forks(0)
                .warmupIterations(1)
                .warmupTime(MEASUREMENT)
                .measurementIterations(MEASUREMENTS)
                .measurementTime(MEASUREMENT)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        try {
            RunResult result = new Runner(options.build()).runSingle();
            double nsPerTurn = result.getPrimaryResult().getStatistics().getPercentile(MIDDLE);
            return new CodingRow(
                    wanted.what(),
                    wanted.k(),
                    wanted.bytes(),
                    wanted.kernel().name(),
                    (double) wanted.k() * wanted.bytes() / nsPerTurn);
        } catch (RunnerException e) {
            throw new FailedException(wanted + " could not be measured: " + e.getMessage());
        }
    }
}
