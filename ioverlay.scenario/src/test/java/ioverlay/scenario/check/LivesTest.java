package ioverlay.scenario.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.NodeStatus.RateStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.scenario.plan.Measure;
import ioverlay.scenario.plan.Measure.Gather;
import ioverlay.scenario.plan.Moment;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Notes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured of nodes and applications that come and go. */
class LivesTest {
    private static final Set<Probe> PROBES = Stream.of(
                    What.THROUGHPUT,
                    What.SENT,
                    What.MESSAGES,
                    What.IN,
                    What.OUT,
                    What.LAST_MILE,
                    What.QUEUED,
                    What.DEGREE,
                    What.VERSION,
                    What.LOOPS)
            .map(what -> new Probe(what, 0, ""))
            .collect(Collectors.toSet());

    private static final Probe LOST = new Probe(What.COUNT, 0, "lost");

    private final Map<Double, List<NodeStatus>> said = new HashMap<>();

    /** A node whose applications have got so much, and of which a hundredth was lost; it takes 100 bytes a second. */
    private static NodeStatus node(double upSeconds, Map<Integer, Integer> got) {
        List<ApplicationStatus> applications = got.entrySet().stream()
                .map(one -> {
                    JsonObject detail = new JsonObject();
                    detail.addProperty("lost", one.getValue() / 100);
                    int bytes = one.getValue();
                    return new ApplicationStatus(
                            one.getKey(), "sink", "running", bytes, bytes, bytes, bytes, 0, "", detail);
                })
                .toList();
        return new NodeStatus(
                "n",
                NodeId.parse("127.0.0.1:7001"),
                (long) (upSeconds * 1000),
                List.of(),
                List.of(),
                List.of(new SlotStatus(0, "relay", "1.0.0", "serving", 0, 0, 0, 0, 0, new JsonObject())),
                applications,
                Map.of(),
                new PauseStatus(0, 0, 0, 0),
                ioverlay.api.container.Emulation.NONE,
                new RateStatus(100, 100, 1, 1),
                List.of());
    }

    private void says(double seconds, double upSeconds, Map<Integer, Integer> got) {
        said.put(seconds, List.of(node(upSeconds, got)));
    }

    private void isGone(double seconds) {
        said.put(seconds, List.of());
    }

    private JsonElement measured(Probe probe, double from, double to) {
        Set<Probe> probes = Stream.concat(PROBES.stream(), Stream.of(LOST)).collect(Collectors.toSet());
        return measured(Notes.of(probes, said), probe, from, to);
    }

    private static JsonElement measured(Notebook notebook, Probe probe, double from, double to) {
        Measure measure = new Measure(
                probe,
                List.of("n"),
                Gather.SUM,
                new Moment("", Math.max(0, from)),
                from >= 0,
                new Moment("", to),
                1,
                "",
                Optional.empty());
        return new Gauge(notebook, false).value(measure);
    }

    private double number(What what, double from, double to) {
        return measured(new Probe(what, 0, ""), from, to).getAsDouble();
    }

    @Test
    void what_the_others_got_is_not_new_since_one_of_several_applications_was_stopped() {
        says(0, 0, Map.of(1, 0, 2, 0));
        says(1, 1, Map.of(1, 5000, 2, 1000));
        says(2, 2, Map.of(1, 10_000, 2, 2000));
        says(3, 3, Map.of(1, 15_000));
        says(4, 4, Map.of(1, 20_000));

        assertThat(number(What.THROUGHPUT, 1, 4)).isEqualTo(16_000 / 3.0, within());
        assertThat(number(What.RECEIVED, 1, 4)).isEqualTo(16_000);
        assertThat(number(What.SENT, 1, 4)).isEqualTo(16_000);
        assertThat(number(What.MESSAGES, 1, 4)).isEqualTo(16_000);
        assertThat(measured(LOST, 1, 4).getAsDouble()).isEqualTo(160);
        assertThat(number(What.RECEIVED, -1, 4)).as("all that it has got").isEqualTo(22_000);
    }

    @Test
    void an_application_that_began_anew_counts_from_there_whatever_the_others_have() {
        says(0, 0, Map.of(1, 0, 2, 0));
        says(1, 1, Map.of(1, 5000, 2, 1000));
        says(2, 2, Map.of(1, 400, 2, 2000));
        says(3, 3, Map.of(2, 3000));
        says(4, 4, Map.of(1, 600, 2, 4000));

        assertThat(number(What.RECEIVED, 1, 4)).isEqualTo(400 + 600 + 3000);
        assertThat(measured(LOST, 1, 4).getAsDouble()).isEqualTo(40);
    }

    @Test
    void a_node_that_came_back_between_two_samples_begins_anew_though_it_has_got_more_by_then() {
        says(0, 10, Map.of(1, 0));
        says(1, 11, Map.of(1, 100));
        says(2, 0.5, Map.of(1, 700));

        assertThat(number(What.RECEIVED, 1, 2)).isEqualTo(700);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "IN",
                "OUT",
                "LAST_MILE",
                "QUEUED",
                "VERSION",
                "DEGREE",
                "RECEIVED",
                "SENT",
                "MESSAGES",
                "THROUGHPUT"
            })
    void of_a_node_that_has_gone_nothing_is_measured(What what) {
        says(0, 0, Map.of(1, 0));
        says(1, 1, Map.of(1, 1000));
        says(2, 2, Map.of(1, 2000));
        isGone(3);
        isGone(4);
        isGone(5);
        Probe probe = new Probe(what, 0, "");

        assertThat(measured(probe, 0.5, 2)).isNotEqualTo(JsonNull.INSTANCE);
        assertThat(measured(probe, 3, 5)).isEqualTo(JsonNull.INSTANCE);
        assertThat(measured(probe, 3.2, 3.4)).as("no sample in it").isEqualTo(JsonNull.INSTANCE);
        assertThat(measured(LOST, -1, 5)).isEqualTo(JsonNull.INSTANCE);
    }

    @Test
    void a_counter_that_falls_has_not_grown_and_ends_no_gap() {
        says(0, 0, Map.of(1, 0));
        says(1, 1, Map.of(1, 1000));
        says(2, 2, Map.of(1, 2000));
        isGone(3);
        says(4, 0.5, Map.of(1, 0));
        says(5, 1.5, Map.of(1, 0));
        says(6, 2.5, Map.of(1, 500));

        assertThat(number(What.GAP, 1, 6)).isEqualTo(4);
    }

    @Test
    void after_the_last_sample_of_a_life_nothing_is_taken_for_zero() {
        says(0, 0, Map.of(1, 0));
        says(1, 1, Map.of(1, 1000));
        says(2, 2, Map.of(1, 2000));
        isGone(3);
        says(4, 0.5, Map.of(1, 300));
        says(5, 1.5, Map.of(1, 1300));

        assertThat(number(What.THROUGHPUT, 0, 2.8))
                .as("a window that ends at its death")
                .isEqualTo(1000);
        assertThat(number(What.THROUGHPUT, 0, 3)).isEqualTo(1000);
        assertThat(number(What.THROUGHPUT, 1, 5)).as("two lives").isEqualTo(1000);
        assertThat(number(What.RECEIVED, -1, 5)).as("of its present life").isEqualTo(1300);
        assertThat(number(What.RECEIVED, 0, 5)).as("of both").isEqualTo(3300);
    }

    @Test
    void of_none_nothing_is_measured() {
        says(0, 0, Map.of(1, 0));
        says(1, 1, Map.of(1, 1000));

        assertThat(measured(new Probe(What.LOOPS, 0, ""), 0.2, 0.8)).isEqualTo(JsonNull.INSTANCE);
        assertThat(measured(new Probe(What.LOOPS, 0, ""), 0, 1)).isEqualTo(new JsonPrimitive(0));
        assertThat(measured(new Probe(What.PAUSE, 0, ""), 0, 1)).isEqualTo(JsonNull.INSTANCE);
        assertThat(measured(new Probe(What.LATENESS, 0, ""), 0, 1)).isEqualTo(JsonNull.INSTANCE);
        assertThat(measured(new Probe(What.RECEIVED, 0, ""), 1, 0.5))
                .as("a window that marks have turned round")
                .isEqualTo(JsonNull.INSTANCE);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-3);
    }
}
