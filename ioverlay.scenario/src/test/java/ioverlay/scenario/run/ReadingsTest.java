package ioverlay.scenario.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Sample.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read from a node's status. */
class ReadingsTest {
    private static final Probe LOOPS = new Probe(What.LOOPS, 1, "");
    private static final NodeId SELF = NodeId.parse("127.0.0.1:7001");

    private static SlotStatus slot(int application, String detail) {
        JsonObject said = JsonParser.parseString(detail).getAsJsonObject();
        return new SlotStatus(application, "any", "1.0.0", "serving", 0, 0, 0, 0, 0, said);
    }

    private static JsonElement loops(int application) {
        Probe probe = new Probe(What.LOOPS, application, "");
        NodeStatus status = new NodeStatus(
                "a",
                SELF,
                5,
                List.of(),
                List.of(),
                List.of(
                        slot(1, "{'parent': '127.0.0.1:7002'}"),
                        slot(2, "{'parent': ''}"),
                        slot(3, "{'next': []}"),
                        slot(-1, "{'parent': 7}")),
                List.of(),
                Map.of(),
                new PauseStatus(0, 0, 0, 0));
        return new Readings(Set.of(probe), address -> address.endsWith("7002") ? "b" : address)
                .of(status, 1)
                .values()
                .get(probe);
    }

    @Test
    void for_loops_the_parents_that_algorithms_name_are_read_by_application() {
        assertThat(loops(0)).hasToString("{\"1\":\"b\",\"2\":\"\"}");
        assertThat(loops(1)).hasToString("{\"1\":\"b\"}");
        assertThat(loops(3)).hasToString("{}");
    }

    private static Map<String, Reading> round(String... parents) {
        Map<String, Reading> nodes = new HashMap<>();
        for (String pair : parents) {
            String[] ends = pair.split("<", -1);
            JsonObject said = new JsonObject();
            said.addProperty("1", ends[1]);
            nodes.put(ends[0], new Reading(0, Map.of(LOOPS, said), Map.of(), Map.of()));
        }
        return nodes;
    }

    @Test
    void a_circle_that_is_there_in_two_rounds_stays_in_the_sample() {
        Map<String, Reading> circle = round("s<", "a<b", "b<c", "c<a");

        assertThat(SecondLook.isNeeded(circle)).isTrue();
        assertThat(SecondLook.agreed(circle, round("s<", "a<b", "b<c", "c<a"))).isEqualTo(circle);
    }

    @Test
    void what_looked_like_a_circle_because_parents_changed_meanwhile_does_not() {
        Map<String, Reading> turning = round("s<a", "a<s", "b<a");
        Map<String, Reading> agreed = SecondLook.agreed(turning, round("s<a", "a<b"));

        assertThat(SecondLook.isNeeded(turning)).isTrue();
        assertThat(agreed).isEqualTo(round("s<a", "a<", "b<"));
        assertThat(SecondLook.isNeeded(agreed)).isFalse();
    }

    @Test
    void a_round_without_a_circle_is_not_repeated() {
        assertThat(SecondLook.isNeeded(round("s<", "a<s", "b<a", "c<gone"))).isFalse();
    }
}
