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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read from a node's status. */
class ReadingsTest {
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
}
