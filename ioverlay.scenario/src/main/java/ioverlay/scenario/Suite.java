package ioverlay.scenario;

import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.Scenarios.Order;
import ioverlay.api.container.Scenarios.Progress;
import ioverlay.scenario.check.Checks;
import ioverlay.scenario.check.Pictures;
import ioverlay.scenario.plan.Offers;
import ioverlay.scenario.plan.Scenario;
import ioverlay.scenario.plan.ScenarioReader;
import ioverlay.scenario.report.Report;
import ioverlay.scenario.report.Result;
import ioverlay.scenario.run.Run;
import ioverlay.scenario.run.Steering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Several scenarios, one after the other: all are read before the first is run. */
final class Suite {
    private static final long MOST_BYTES = 4 << 20;

    private final Steering steering;
    private final Supplier<Set<String>> applications;

    /**
     * Runs with these.
     *
     * @param applications types that can be started
     */
    Suite(Steering steering, Supplier<Set<String>> applications) {
        this.steering = steering;
        this.applications = applications;
    }

    List<JsonObject> run(Order order, Consumer<Progress> progress) throws InterruptedException {
        List<Scenario> scenarios = read(order);
        Report report = Report.into(order.report());
        List<JsonObject> answers = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Result result = run(scenario, progress);
            report.add(result);
            answers.add(result.toLongJson());
        }
        report.write();
        return answers;
    }

    private Result run(Scenario scenario, Consumer<Progress> progress) throws InterruptedException {
        Run.Traces traces;
        try {
            traces = new Run(scenario, steering, Checks::holds, progress).go();
        } catch (RefusedException e) {
            return Result.refused(scenario, String.valueOf(e.getMessage()));
        }
        return new Result(
                scenario,
                traces,
                Checks.of(scenario.assertions(), traces.notebook()),
                Checks.of(scenario.figures(), traces.notebook()).stream()
                        .filter(finding -> finding.relation().isEmpty())
                        .toList(),
                Pictures.of(scenario.plots(), traces.notebook()));
    }

    private List<Scenario> read(Order order) {
        List<Scenario> scenarios = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Path file : order.files()) {
            try {
                scenarios.add(ScenarioReader.read(file, text(file), order.variables(), order.seed(), this::offers));
            } catch (RefusedException e) {
                wrong.add(String.valueOf(e.getMessage()));
            }
        }
        if (!wrong.isEmpty()) {
            throw new RefusedException(String.join("\n", wrong));
        }
        return scenarios;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new RefusedException(
                        file + ": a scenario file has at most " + MOST_BYTES + " bytes, not " + Files.size(file));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new RefusedException(
                    file + ": a scenario is a file that can be read, and this is none: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private Offers offers(List<Path> bundles) {
        Set<String> algorithms = new HashSet<>();
        steering.repository().algorithms().stream().map(Offer::name).forEach(algorithms::add);
        Set<String> types = new HashSet<>(applications.get());
        for (Path bundle : bundles) {
            algorithms.addAll(Capabilities.names(bundle, "ioverlay.algorithm"));
            types.addAll(Capabilities.names(bundle, "ioverlay.application"));
        }
        return new Offers(algorithms, types);
    }
}
