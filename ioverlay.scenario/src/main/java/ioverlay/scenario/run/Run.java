package ioverlay.scenario.run;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Scenarios.Progress;
import ioverlay.scenario.plan.Assertion;
import ioverlay.scenario.plan.Measure;
import ioverlay.scenario.plan.Moment;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.Scenario;
import ioverlay.scenario.run.Sample.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One scenario under way.
 *
 * <p><b>Threads:</b> one calls {@link #go}; an interrupt ends it and removes its nodes.
 */
public final class Run {
    private final Scenario scenario;
    private final Steering steering;
    private final BiPredicate<Assertion, Notebook> holds;
    private final Consumer<Progress> progress;
    private final Stage stage;
    private final Notebook notebook = new Notebook();
    private final Readings readings;

    /**
     * Takes what it needs.
     *
     * @param holds whether a condition holds in what was recorded so far
     * @param progress hears how far it is
     */
    public Run(
            Scenario scenario, Steering steering, BiPredicate<Assertion, Notebook> holds, Consumer<Progress> progress) {
        this.scenario = scenario;
        this.steering = steering;
        this.holds = holds;
        this.progress = progress;
        this.stage = new Stage(scenario, steering);
        this.readings = new Readings(probes(scenario), stage::name);
    }

    /**
     * What a run leaves behind.
     *
     * @param started by the wall clock
     * @param notebook all that was seen
     * @param last the status of each node at the end
     */
    public record Traces(Instant started, Notebook notebook, List<NodeStatus> last) {}

    private static Set<Probe> probes(Scenario scenario) {
        Set<Probe> probes = new HashSet<>(Readings.always());
        scenario.record().forEach(probe -> probes.add(Readings.stored(probe)));
        Stream.concat(
                        asked(scenario),
                        scenario.steps().stream()
                                .flatMap(step -> step.condition().stream())
                                .flatMap(Run::measures))
                .forEach(measure -> probes.add(Readings.stored(measure.probe())));
        return probes;
    }

    /** What is worked out at the end. */
    private static Stream<Measure> asked(Scenario scenario) {
        Stream<Measure> drawn = scenario.plots().stream()
                .flatMap(plot -> Stream.concat(
                        plot.lines().stream(), plot.curves().stream().flatMap(curve -> curve.spots().stream())))
                .flatMap(spot -> spot.measure().stream())
                .flatMap(Run::both);
        return Stream.concat(
                Stream.concat(scenario.assertions().stream(), scenario.figures().stream())
                        .flatMap(Run::measures),
                drawn);
    }

    private static Stream<Measure> measures(Assertion assertion) {
        return Stream.concat(
                        Stream.of(assertion.measure()),
                        assertion.bound().stream().flatMap(bound -> bound.other().stream()))
                .flatMap(Run::both);
    }

    private static Stream<Measure> both(Measure measure) {
        return Stream.concat(Stream.of(measure), measure.divisor().stream());
    }

    /**
     * Runs it from the first node to the last sample. A run that is interrupted, or loses what carries its nodes, comes to an
     * end as well: its notebook says so, and the thread is interrupted again in the first case.
     *
     * @throws ioverlay.api.container.RefusedException if a node cannot be made or an application not started
     */
    public Traces go() {
        try {
            return toItsEnd();
        } catch (RefusedException e) {
            throw steering.left().isEmpty()
                    ? e
                    : new RefusedException(e.getMessage() + "; " + String.join("; ", steering.left()), e);
        }
    }

    private List<String> left() {
        return steering.left().isEmpty() ? stage.left() : steering.left();
    }

    private Traces toItsEnd() {
        Instant started = Instant.now();
        List<NodeStatus> last = new ArrayList<>();
        try {
            stage.open();
            stage.statuses((name, status) -> readings.of(status, 0)); // the first round takes longest, and is no sample
            started = Instant.now();
            Clock clock = new Clock();
            Steering.Listening listening = steering.listen(event ->
                    notebook.add(new Happening(clock.seconds(), event.kind(), event.node(), event.sentence())));
            try {
                run(clock);
            } finally {
                listening.close();
            }
            atLast(last);
        } catch (InterruptedException e) {
            notebook.fail("the run comes to its end", "was interrupted");
            Thread.currentThread().interrupt(); // the stage closes in a hurry
        } finally {
            stage.close();
        }
        left().forEach(sentence -> notebook.fail("its nodes are removed", sentence));
        return new Traces(started, notebook, last);
    }

    private void atLast(List<NodeStatus> last) throws InterruptedException {
        try {
            stage.statuses((name, status) -> keep(last, status));
        } catch (RuntimeException e) {
            notebook.fail("the nodes say at the end what they are", "broke: " + e);
        }
    }

    private static void keep(List<NodeStatus> all, NodeStatus one) {
        synchronized (all) {
            all.add(one);
        }
    }

    private void run(Clock clock) throws InterruptedException {
        Watch watch = new Watch(Thread.currentThread());
        TimeLine timeLine =
                new TimeLine(clock, new Acts(stage, steering), notebook, watch, deed -> tell(clock, sentence(deed)));
        Sampler sampler = new Sampler(clock, scenario.interval(), watch, () -> {
            sample(clock);
            steering.lost().ifPresent(why -> watch.end("what its nodes are in stays", why));
        });
        try {
            goThrough(timeLine, clock, sampler, watch);
            sample(clock);
        } catch (InterruptedException e) {
            if (!watch.hasEnded()) {
                throw e;
            }
        } catch (RuntimeException e) {
            // The run's boundary: what breaks in it fails it, and what was seen until then is reported.
            if (Thread.interrupted() && !watch.hasEnded()) {
                throw new InterruptedException("what broke is what somebody has ended: " + e);
            }
            watch.broke("the run goes on", e);
        } finally {
            timeLine.abandon();
        }
        watch.over().ifPresent(why -> notebook.fail(why.expected(), why.sentence()));
    }

    private void goThrough(TimeLine timeLine, Clock clock, Sampler sampler, Watch watch) throws InterruptedException {
        try (sampler) {
            try {
                timeLine.run(scenario.steps(), condition -> {
                    sample(clock);
                    return holds.test(condition, notebook);
                });
                timeLine.finish();
                clock.until(end());
            } catch (InterruptedException e) {
                watch.interrupted(); // while the sampler ends, nodes may be gone already
                throw e;
            }
        }
    }

    /** When it ends: its time, and all windows that were said to begin or end after a mark. */
    private double end() {
        double latest = scenario.seconds();
        List<Moment> moments = asked(scenario)
                .flatMap(measure -> Stream.of(measure.from(), measure.to()))
                .toList();
        for (Moment moment : moments) {
            Double mark = notebook.marks().get(moment.mark());
            latest = mark == null ? latest : Math.max(latest, mark + moment.seconds());
        }
        return latest;
    }

    private synchronized void sample(Clock clock) throws InterruptedException {
        Map<String, Reading> nodes = round(clock);
        double seconds = clock.seconds();
        if (SecondLook.isNeeded(nodes)) {
            nodes = SecondLook.agreed(nodes, round(clock));
        }
        notebook.add(new Sample(seconds, Map.copyOf(nodes)));
        tell(clock, "");
    }

    private Map<String, Reading> round(Clock clock) throws InterruptedException {
        Map<String, Reading> nodes = new ConcurrentHashMap<>();
        stage.statuses((name, status) -> nodes.put(name, readings.of(status, clock.seconds())));
        return nodes;
    }

    private static String sentence(Deed deed) {
        String who = deed.node().isEmpty() ? "" : " " + deed.node();
        return deed.verb()
                + who
                + (deed.succeeded() ? "" : " FAILED")
                + (deed.sentence().isEmpty() ? "" : ": " + deed.sentence());
    }

    private void tell(Clock clock, String happened) {
        List<Sample> samples = notebook.samples();
        Probe received = Readings.always().getFirst();
        double rate = 0;
        int nodes = 0;
        if (!samples.isEmpty()) {
            Sample last = samples.getLast();
            nodes = last.nodes().size();
            Sample before = samples.get(Math.max(0, samples.size() - 3));
            double time = last.seconds() - before.seconds();
            rate = time <= 0 ? 0 : Math.max(0, (total(last, received) - total(before, received)) / time);
        }
        progress.accept(new Progress(scenario.name(), clock.seconds(), scenario.seconds(), nodes, rate, happened));
    }

    private static double total(Sample sample, Probe probe) {
        return sample.nodes().values().stream()
                .map(reading -> reading.values().get(probe))
                .mapToDouble(value -> value == null ? 0 : value.getAsDouble())
                .sum();
    }
}
