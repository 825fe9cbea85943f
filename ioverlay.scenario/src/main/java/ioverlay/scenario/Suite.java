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
import ioverlay.scenario.report.RunName;
import ioverlay.scenario.run.Run;
import ioverlay.scenario.run.Steering;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.Version;

/** Several scenarios, one after the other: all are read before the first is run. */
final class Suite {
    private static final Logger LOG = System.getLogger(Suite.class.getName());

    private final Supplier<Steering> local;

    /**
     * Runs with the nodes of this process, where a file does not name an observer.
     *
     * @param local for one run
     */
    Suite(Supplier<Steering> local) {
        this.local = local;
    }

    List<JsonObject> run(Order order, Consumer<Progress> progress, Consumer<JsonObject> ended)
            throws InterruptedException {
        List<Scenario> scenarios = read(order);
        Report report = Report.into(order.report());
        List<JsonObject> answers = new ArrayList<>();
        boolean interrupted = false;
        for (RunName name : RunName.of(scenarios)) {
            Result result = run(scenarios.get(answers.size()), name, progress);
            interrupted = Thread.interrupted(); // what was seen until then is told and written all the same
            report.add(result);
            JsonObject answer = result.toLongJson();
            answers.add(answer);
            ended.accept(answer);
            if (interrupted) {
                break;
            }
        }
        write(report, interrupted);
        return answers;
    }

    private static void write(Report report, boolean interrupted) throws InterruptedException {
        InterruptedException end = new InterruptedException("a run was interrupted");
        try {
            report.write();
        } catch (UncheckedIOException e) {
            if (!interrupted) {
                throw e;
            }
            end.addSuppressed(e);
        }
        if (interrupted) {
            throw end;
        }
    }

    /** The boundary of a run: whatever breaks fails this one; the others have their turn, and their results are kept. */
    private Result run(Scenario scenario, RunName name, Consumer<Progress> progress) {
        Run.Traces traces;
        try (Steering steering = steering(scenario.observer())) {
            traces = new Run(scenario, steering, Checks::holds, at -> progress.accept(named(name, at))).go();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.unstarted(scenario, name, "was interrupted");
        } catch (RefusedException e) {
            return Result.unstarted(scenario, name, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the run of " + name.name() + " broke", e);
            return Result.unstarted(scenario, name, "broke: " + e);
        }
        try {
            return new Result(
                    scenario,
                    name,
                    traces,
                    Checks.of(scenario.assertions(), traces.notebook()),
                    Checks.figures(scenario.figures(), traces.notebook()),
                    Pictures.of(scenario.plots(), traces.notebook()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what came out of " + name.name() + " cannot be told", e);
            return Result.untold(scenario, name, traces, e.toString());
        }
    }

    private static Progress named(RunName name, Progress at) {
        return new Progress(name.name(), at.seconds(), at.length(), at.nodes(), at.bytesPerSecond(), at.happened());
    }

    private List<Scenario> read(Order order) throws InterruptedException {
        Optional<URI> observer = order.observer().map(ObserverAddress::of);
        List<Scenario> scenarios = new ArrayList<>();
        Set<String> wrong = new LinkedHashSet<>(); // with each seed the same is wrong
        for (Path file : order.files()) {
            try {
                String text = ScenarioFile.text(file);
                for (OptionalLong seed : seeds(order)) {
                    Given given = new Given(order.variables(), seed, observer);
                    scenarios.add(ScenarioReader.read(file, text, given, this::offers));
                }
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

    private static List<OptionalLong> seeds(Order order) {
        return order.seeds().isEmpty()
                ? List.of(OptionalLong.empty())
                : order.seeds().stream().map(OptionalLong::of).toList();
    }

    private Steering steering(Optional<URI> observer) throws InterruptedException {
        return observer.isPresent() ? HostSteering.over(observer.get()) : local.get();
    }

    /** If those of one are not known, those of both are not. */
    private static Set<Version> both(Set<Version> some, Set<Version> more) {
        Set<Version> all = new HashSet<>(some);
        all.addAll(more);
        return some.isEmpty() || more.isEmpty() ? Set.of() : all;
    }

    private Offers offers(Optional<URI> observer, List<Path> bundles) {
        try (Steering steering = steering(observer)) {
            Map<String, Set<Version>> algorithms = new HashMap<>(steering.algorithms());
            Set<String> types = new HashSet<>(steering.applications());
            for (Path bundle : bundles) {
                Capabilities.algorithms(bundle)
                        .forEach((name, versions) -> algorithms.merge(name, versions, Suite::both));
                types.addAll(Capabilities.applications(bundle));
            }
            return new Offers(algorithms, types, steering.containers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("was interrupted", e);
        }
    }
}
