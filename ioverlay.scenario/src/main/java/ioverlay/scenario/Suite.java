package ioverlay.scenario;

import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Scenarios.Order;
import ioverlay.api.container.Scenarios.Progress;
import ioverlay.scenario.check.Checks;
import ioverlay.scenario.check.Pictures;
import ioverlay.scenario.hosts.HostSteering;
import ioverlay.scenario.plan.Given;
import ioverlay.scenario.plan.ObserverAddress;
import ioverlay.scenario.plan.Offers;
import ioverlay.scenario.plan.Scenario;
import ioverlay.scenario.plan.ScenarioReader;
import ioverlay.scenario.report.Report;
import ioverlay.scenario.report.Result;
import ioverlay.scenario.run.Run;
import ioverlay.scenario.run.Steering;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Several scenarios, one after the other: all are read before the first is run. */
final class Suite {
    private final Supplier<Steering> local;

    /**
     * Runs with the nodes of this process, where a file does not name an observer.
     *
     * @param local for one run
     */
    Suite(Supplier<Steering> local) {
        this.local = local;
    }

    List<JsonObject> run(Order order, Consumer<Progress> progress) throws InterruptedException {
        List<Scenario> scenarios = read(order);
        Report report = Report.into(order.report());
        List<JsonObject> answers = new ArrayList<>();
        boolean interrupted = false;
        for (Scenario scenario : scenarios) {
            Result result = run(scenario, progress);
            report.add(result);
            answers.add(result.toLongJson());
            interrupted = Thread.interrupted(); // what was seen until then is written all the same
            if (interrupted) {
                break;
            }
        }
        report.write();
        if (interrupted) {
            throw new InterruptedException("a run was interrupted");
        }
        return answers;
    }

    private Result run(Scenario scenario, Consumer<Progress> progress) throws InterruptedException {
        try (Steering steering = steering(scenario.observer())) {
            Run.Traces traces = new Run(scenario, steering, Checks::holds, progress).go();
            return new Result(
                    scenario,
                    traces,
                    Checks.of(scenario.assertions(), traces.notebook()),
                    Checks.figures(scenario.figures(), traces.notebook()),
                    Pictures.of(scenario.plots(), traces.notebook()));
        } catch (RefusedException e) {
            return Result.refused(scenario, String.valueOf(e.getMessage()));
        }
    }

    private List<Scenario> read(Order order) throws InterruptedException {
        Optional<URI> observer = order.observer().map(ObserverAddress::of);
        Given given = new Given(order.variables(), order.seed(), observer);
        List<Scenario> scenarios = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Path file : order.files()) {
            try {
                scenarios.add(ScenarioReader.read(file, ScenarioFile.text(file), given, this::offers));
            } catch (RefusedException e) {
                wrong.add(String.valueOf(e.getMessage()));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        if (!wrong.isEmpty()) {
            throw new RefusedException(String.join("\n", wrong));
        }
        return scenarios;
    }

    private Steering steering(Optional<URI> observer) throws InterruptedException {
        return observer.isPresent() ? HostSteering.over(observer.get()) : local.get();
    }

    private Offers offers(Optional<URI> observer, List<Path> bundles) {
        try (Steering steering = steering(observer)) {
            Set<String> algorithms = new HashSet<>(steering.algorithms());
            Set<String> types = new HashSet<>(steering.applications());
            for (Path bundle : bundles) {
                algorithms.addAll(Capabilities.names(bundle, "ioverlay.algorithm"));
                types.addAll(Capabilities.names(bundle, "ioverlay.application"));
            }
            return new Offers(algorithms, types, steering.containers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("was interrupted", e);
        }
    }
}
