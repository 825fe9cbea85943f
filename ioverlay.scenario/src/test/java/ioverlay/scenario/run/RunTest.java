package ioverlay.scenario.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Scenarios.Progress;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.plan.Given;
import ioverlay.scenario.plan.Offers;
import ioverlay.scenario.plan.Scenario;
import ioverlay.scenario.plan.ScenarioReader;
import ioverlay.scenario.plan.Verb;
import ioverlay.scenario.run.Notebook.Failure;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever breaks in a run fails it with a sentence, at once; a report with less in it than there should be is none. */
@Timeout(20)
class RunTest {
    private static void nobody(Progress progress) {}

    private static Scenario scenario(String timeLine) {
        return ScenarioReader.read(
                Path.of("some.json"),
                """
                {"seconds": 600, "nodes": [{"name": "n", "slots": {"1": "relay"}}], "record": {"interval": 0.05},
                 "timeline": [%s]}
                """.formatted(timeLine),
                Given.NOTHING,
                (observer, bundles) -> new Offers(Set.of("relay"), Set.of()));
    }

    private static List<Failure> failures(String timeLine, Steering steering, Consumer<Progress> progress) {
        return new Run(scenario(timeLine), steering, (condition, notebook) -> false, progress)
                .go()
                .notebook()
                .failures();
    }

    @Test
    void a_sampler_that_breaks_ends_the_run_with_what_it_was() {
        AtomicInteger asked = new AtomicInteger();
        List<Failure> failures = failures(
                "",
                new FakeSteering() {
                    @Override
                    public void statuses(Collection<String> nodes, BiConsumer<String, NodeStatus> seen) {
                        if (Thread.currentThread().getName().equals("scenario-samples")
                                && asked.incrementAndGet() > 2) {
                            throw new IllegalStateException("a status nobody understands");
                        }
                    }
                },
                RunTest::nobody);

        assertThat(failures)
                .containsExactly(new Failure(
                        "samples are taken", "broke: java.lang.IllegalStateException: a status nobody understands"));
    }

    @Test
    void a_run_that_somebody_ends_was_interrupted_whatever_breaks_after_that() {
        Thread main = Thread.currentThread();
        List<Failure> failures = failures(
                "",
                new FakeSteering() {
                    @Override
                    public void statuses(Collection<String> nodes, BiConsumer<String, NodeStatus> seen) {
                        if (Thread.currentThread().getName().equals("scenario-samples")) {
                            main.interrupt();
                            while (main.isInterrupted() || main.getState() != Thread.State.TIMED_WAITING) {
                                Thread.onSpinWait(); // until it waits for this sample
                            }
                            throw new IllegalStateException("the node n is closed");
                        }
                    }
                },
                RunTest::nobody);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failures).containsExactly(new Failure("the run comes to its end", "was interrupted"));
    }

    @Test
    void an_entry_that_breaks_beyond_all_exceptions_ends_the_run_with_what_it_was() {
        List<Failure> failures = failures(
                """
                {"at": 0, "do": "swap", "node": "n", "application": 1, "algorithm": "relay", "versions": "1"}""",
                new FakeSteering() {
                    @Override
                    public Effect obey(String node, Verb verb, JsonObject given, Outcome expected) {
                        throw new NoClassDefFoundError("of/an/Algorithm");
                    }
                },
                RunTest::nobody);

        assertThat(failures)
                .containsExactly(new Failure(
                        "time line entry 1: swap at n", "broke: java.lang.NoClassDefFoundError: of/an/Algorithm"));
    }

    @Test
    void whoever_watches_and_breaks_ends_the_run_wherever_it_is_told() {
        AtomicInteger told = new AtomicInteger();
        List<Failure> failures = failures("""
                {"at": 0.2, "do": "why", "node": "n", "application": 1}""", new FakeSteering(), progress -> {
            if (!progress.happened().isEmpty()) {
                told.incrementAndGet();
                throw new IllegalStateException("the terminal has gone");
            }
        });

        assertThat(failures)
                .containsExactly(new Failure(
                        "the run goes on", "broke: java.lang.IllegalStateException: the terminal has gone"));
        assertThat(told).hasValue(1);
    }

    @Test
    void a_condition_that_cannot_be_worked_out_ends_the_run() {
        Scenario scenario = scenario("""
                {"at": 0, "do": "wait", "until": {"measure": "nodes", "atLeast": 1}}""");
        List<Failure> failures = new Run(
                        scenario,
                        new FakeSteering(),
                        (condition, notebook) -> {
                            throw new ArithmeticException("no such mean");
                        },
                        RunTest::nobody)
                .go()
                .notebook()
                .failures();

        assertThat(failures)
                .containsExactly(new Failure("the run goes on", "broke: java.lang.ArithmeticException: no such mean"));
    }

    @Test
    void a_node_that_cannot_be_removed_and_still_answers_fails_the_run() {
        List<Failure> failures = failures(
                "",
                new FakeSteering() {
                    @Override
                    public void statuses(Collection<String> nodes, BiConsumer<String, NodeStatus> seen) {
                        if (Thread.currentThread().getName().equals("scenario-samples")) {
                            throw new IllegalStateException("to its end");
                        }
                        if (Thread.currentThread().getName().equals("scenario-removes-n")) {
                            seen.accept(
                                    "n",
                                    new NodeStatus(
                                            "n",
                                            NodeId.parse("127.0.0.1:7001"),
                                            5,
                                            List.of(),
                                            List.of(),
                                            List.of(),
                                            List.of(),
                                            Map.of(),
                                            new PauseStatus(0, 0, 0, 0)));
                        }
                    }

                    @Override
                    public void remove(String node) {
                        throw new RefusedException("it does not end");
                    }
                },
                RunTest::nobody);

        assertThat(failures).contains(new Failure("its nodes are removed", "node n still runs: it does not end"));
    }
}
