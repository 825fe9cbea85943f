package ioverlay.scenario.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.NodeStatus.RateStatus;
import ioverlay.api.container.NodeStatus.SessionStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node's document, read back. */
class DocumentsTest {
    private static final NodeId SELF = NodeId.parse("127.0.0.1:7001");
    private static final NodeId OTHER = NodeId.parse("127.0.0.1:7002");

    @Test
    void what_is_read_back_is_the_same_whatever_it_has() {
        JsonObject detail = JsonParser.parseString("{\"stress\":1.5}").getAsJsonObject();
        JsonObject change = JsonParser.parseString(
                        "{\"total\":200000,\"links\":[{\"to\":\"127.0.0.1:7002\",\"latencyMillis\":20}]}")
                .getAsJsonObject();
        RateStatus rates = new RateStatus(1.5, 2, 3, 4);
        NodeStatus full = new NodeStatus(
                "a",
                SELF,
                5,
                List.of(),
                List.of(new LinkStatus(OTHER, "open", 1, 2, 3, 4, 5, List.of(1, -1), 6, 7, 8, 9, 10, 11, 12, 13)),
                List.of(new SlotStatus(-1, "relay", "1.0.0", "serving", 1, 2, 3, 4, 5, detail, "0.9.0", 6, 7, 8)),
                List.of(new ApplicationStatus(1, "sink.counting", "running", 1, 2, 3, 4, 5, "", detail)),
                Map.of("messages.lost", 4L),
                new PauseStatus(1, 2, 3, 4),
                Emulation.NONE.changed(change),
                rates,
                List.of(new SessionStatus(1, List.of(SELF), List.of(OTHER), rates)),
                99.5,
                Optional.of(new Location(45.5, -73.6, "Montreal")),
                Optional.of(OTHER),
                List.of(new WeightStatus(1, OTHER, 3)));
        NodeStatus plain = new NodeStatus(
                "b", SELF, 5, List.of(), List.of(), List.of(), List.of(), Map.of(), new PauseStatus(0, 0, 0, 0));

        assertThat(Documents.read(full.toJson())).isEqualTo(full);
        assertThat(Documents.read(full.toJson()).toJson()).isEqualTo(full.toJson());
        assertThat(Documents.read(plain.toJson())).isEqualTo(plain);
    }

    @Test
    void what_is_no_document_is_refused() {
        for (String text : List.of("{}", "[]", "null", "{\"name\":\"a\",\"id\":\"nowhere\"}", "{\"name\":1}")) {
            assertThatThrownBy(() -> Documents.read(JsonParser.parseString(text)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("a node's document cannot be read");
        }
    }
}
