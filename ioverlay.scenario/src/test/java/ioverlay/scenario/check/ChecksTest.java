package ioverlay.scenario.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Assertion;
import ioverlay.scenario.plan.Bound;
import ioverlay.scenario.plan.Bound.Kind;
import ioverlay.scenario.plan.Measure;
import ioverlay.scenario.plan.Measure.Gather;
import ioverlay.scenario.plan.Moment;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Notes;
import ioverlay.scenario.run.Sample;
import ioverlay.scenario.run.Sample.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of measurements and expectations. */
class ChecksTest {
    private static final Probe RECEIVED = new Probe(What.RECEIVED, 0, "");

    private static Series counter(double... secondsAndValues) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < secondsAndValues.length; i += 2) {
            Map<Probe, JsonElement> values = Map.of(RECEIVED, new JsonPrimitive(secondsAndValues[i + 1]));
            Reading reading = new Reading(secondsAndValues[i], values, Map.of(), Map.of());
            samples.add(new Sample(secondsAndValues[i], Map.of("n", reading)));
        }
        return Series.of(samples, "n", RECEIVED);
    }

    @Test
    void a_counter_grows_evenly_between_samples() {
        Series series = counter(0, 0, 1, 100, 2, 300);

        assertThat(series.grown(0.5)).hasValue(50);
        assertThat(series.grown(1.25)).hasValue(150);
        assertThat(series.grown(9)).hasValue(300);
    }

    @Test
    void nothing_is_known_before_the_first_sample() {
        assertThat(counter(1, 5).grown(0.5)).isEmpty();
        assertThat(counter().grown(1)).isEmpty();
    }

    @Test
    void a_gap_is_the_longest_time_without_growth_also_at_the_ends_of_the_window() {
        Series series = counter(0, 0, 1, 10, 2, 10, 3, 10, 4, 20, 5, 30, 6, 30, 8, 30);

        assertThat(series.gap(0, 5)).hasValue(3);
        assertThat(series.gap(4, 8)).hasValue(3);
        assertThat(series.gap(3.5, 5)).hasValue(1);
    }

    @ParameterizedTest(name = "{0} {1}: {2}, {3}")
    @CsvSource({
        "EQUAL, 100, 103, 0.03, true, true",
        "EQUAL, 100, 103.1, 0.03, true, false",
        "EQUAL, 100, 97, 0.03, true, true",
        "EQUAL, 100, 96.9, 0.03, true, false",
        "EQUAL, 0, 0, 0, false, true",
        "EQUAL, 0, 1, 0, false, false",
        "EQUAL, 0.3, 0.30000000000000004, 0, false, true",
        "AT_MOST, 2, 2.5, 0.5, false, true",
        "AT_MOST, 2, 2.6, 0.5, false, false",
        "AT_LEAST, 50, 48.5, 0.03, true, true",
        "AT_LEAST, 50, 48.4, 0.03, true, false"
    })
    void a_tolerance_is_absolute_or_a_part_of_what_is_expected(
            Kind kind, double expected, double measured, double tolerance, boolean part, boolean passed) {
        JsonPrimitive value = new JsonPrimitive(expected);
        Bound bound = new Bound(kind, value, Optional.empty(), tolerance, part);

        assertThat(Checks.passed(bound, value, new JsonPrimitive(measured))).isEqualTo(passed);
    }

    @Test
    void values_of_nodes_become_one() {
        assertThat(Gauge.gathered(Gather.SUM, 1, 2, 6)).isEqualTo(9);
        assertThat(Gauge.gathered(Gather.MEAN, 1, 2, 6)).isEqualTo(3);
        assertThat(Gauge.gathered(Gather.MEDIAN, 1, 2, 6)).isEqualTo(2);
        assertThat(Gauge.gathered(Gather.MEDIAN, 1, 2, 6, 9)).isEqualTo(4);
        assertThat(Gauge.gathered(Gather.MIN, 1, 2, 6)).isEqualTo(1);
        assertThat(Gauge.gathered(Gather.MAX, 1, 2, 6)).isEqualTo(6);
    }

    private static Graph graph(String... edges) {
        Map<String, Reading> nodes = new HashMap<>();
        Map<String, List<String>> next = new HashMap<>();
        for (String edge : edges) {
            String[] ends = edge.split(">", -1);
            next.computeIfAbsent(ends[0], key -> new ArrayList<>()).add(ends[1]);
            next.computeIfAbsent(ends[1], key -> new ArrayList<>());
        }
        next.forEach((node, all) -> nodes.put(node, new Reading(0, Map.of(), Map.of(1, all), Map.of())));
        return Graph.of(new Sample(0, nodes), 1);
    }

    @Test
    void a_tree_has_all_nodes_once_below_its_root() {
        assertThat(graph("s>a", "s>b", "a>c").judged(List.of("s", "a", "b", "c"), "s"))
                .isEqualTo("a tree");
        assertThat(graph("s>a", "s>b", "a>b").judged(List.of("s", "a", "b"), "s"))
                .isEqualTo("b has 2 parents");
        assertThat(graph("s>a").judged(List.of("s", "a", "z"), "s")).isEqualTo("z has 0 parents");
        assertThat(graph("s>a", "b>c", "c>b").judged(List.of("s", "a", "b", "c"), "s"))
                .isEqualTo("there is a loop");
    }

    @Test
    void a_loop_is_found_and_a_diamond_is_none() {
        assertThat(graph("a>b", "b>c", "c>a").hasLoop()).isTrue();
        assertThat(graph("s>a", "s>b", "a>c", "b>c").hasLoop()).isFalse();
        assertThat(graph("s>a", "s>b").edges()).containsExactly("s > a", "s > b");
    }

    private static final Probe LOOPS = new Probe(What.LOOPS, 1, "");

    /** What each says of its parent, as {@code node<parent}, while data goes from s to a alone. */
    private static Sample followers(String... parents) {
        Map<String, Reading> nodes = new HashMap<>();
        for (String pair : parents) {
            String[] ends = pair.split("<", -1);
            JsonObject said = new JsonObject();
            said.addProperty("1", ends[1]);
            Map<Integer, List<String>> sends = Map.of(1, ends[0].equals("s") ? List.of("a") : List.of());
            nodes.put(ends[0], new Reading(0, Map.of(LOOPS, said), sends, Map.of()));
        }
        return new Sample(0, nodes);
    }

    @Test
    void orphans_who_follow_each_other_are_a_loop_though_no_data_flows_there() {
        assertThat(Graph.hasLoop(followers("s<", "a<s", "b<c", "c<d", "d<b"), LOOPS))
                .isTrue();
        assertThat(Graph.hasLoop(followers("s<", "a<s", "b<b"), LOOPS)).isTrue();
        assertThat(Graph.hasLoop(followers("s<", "a<s", "b<c", "c<d", "d<"), LOOPS))
                .isFalse();
        assertThat(Graph.hasLoop(followers("s<", "a<s", "b<gone"), LOOPS)).isFalse();
    }

    @Test
    void where_nobody_speaks_of_parents_the_way_of_the_data_counts() {
        Map<Integer, List<String>> there = Map.of(1, List.of("b"));
        Map<Integer, List<String>> back = Map.of(1, List.of("a"));
        Map<Probe, JsonElement> nothing = Map.of(LOOPS, new JsonObject());
        Sample circle = new Sample(
                0,
                Map.of(
                        "a", new Reading(0, nothing, there, Map.of()),
                        "b", new Reading(0, nothing, back, Map.of())));

        assertThat(Graph.hasLoop(circle, LOOPS)).isTrue();
        assertThat(Graph.hasLoop(circle, new Probe(What.LOOPS, 2, ""))).isFalse();
    }

    @Test
    void one_sample_with_a_loop_fails_the_assertion() {
        Notebook notebook = Notes.of(List.of(followers("s<", "a<s", "b<a"), followers("s<", "a<s", "b<c", "c<b")));
        Measure loops = new Measure(
                LOOPS, List.of("s", "a", "b"), Gather.EACH, Moment.START, false, Moment.LAST, 1, "", Optional.empty());
        Bound none = new Bound(Kind.EQUAL, new JsonPrimitive(0), Optional.empty(), 0, false);

        List<Finding> findings = Checks.of(List.of(new Assertion("no loop", loops, Optional.of(none), "")), notebook);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.passed()).isFalse();
            assertThat(finding.measured()).isEqualTo(new JsonPrimitive(1));
        });
    }
}
