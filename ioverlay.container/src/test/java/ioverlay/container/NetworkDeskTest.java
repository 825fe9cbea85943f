package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Event;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.engine.DataPlane;
import ioverlay.engine.NodeConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of a real node's network, and what becomes of it where it cannot be written down. */
final class NetworkDeskTest {
    private static final NodeId PEER = NodeId.parse("127.0.0.1:7001");

    private final List<Emulation> written = new ArrayList<>();
    private final List<WeightStatus> weights = new ArrayList<>();
    private final EventLog events = new EventLog(InstantSource.system());
    private final Directory directory = new Directory();
    private final NetworkDesk desk = new NetworkDesk(directory, new Disk(), events);
    private String full = "";
    private DataPlane plane;
    private LiveNode node;

    private final class Disk implements DesiredState {
        @Override
        public void emulated(String of, Emulation emulation) {
            if (!full.isEmpty()) {
                throw new RefusedException(full);
            }
            written.add(emulation);
        }

        @Override
        public void weighed(String of, WeightStatus weight) {
            if (!full.isEmpty()) {
                throw new RefusedException(full);
            }
            weights.add(weight);
        }
    }

    @BeforeEach
    void open() throws Exception {
        plane = DataPlane.open();
        NodeSpec spec = NodeSpec.named("a")
                .withEmulation(emulation("{'in':5000,'links':[{'to':'127.0.0.1:7001','latencyMillis':5}]}"));
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        node = new LiveNode(
                spec,
                plane.open(new NodeConfig(
                        "a",
                        anyPort,
                        spec.bufferBytes(),
                        spec.maxPayload(),
                        1,
                        (kind, sentence, detail) -> {},
                        spec.emulation(),
                        spec.inactivityMillis())));
        directory.reserve("a");
        directory.publish(node);
    }

    @AfterEach
    void close() {
        plane.close();
        events.close();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static Emulation emulation(String text) {
        return Emulation.NONE.changed(json(text));
    }

    @Test
    void whatHoldsAfterAChangeIsWrittenDownAndTold() {
        Emulation after = desk.emulate("a", json("{'out':6000,'in':null}"));
        assertThat(after).isEqualTo(emulation("{'out':6000,'links':[{'to':'127.0.0.1:7001','latencyMillis':5}]}"));
        assertThat(written).containsExactly(after);
        assertThat(node.node().emulation()).isEqualTo(after);
        assertThat(events.recent()).extracting(Event::kind).containsExactly("network.changed");
    }

    @Test
    void whatCannotBeWrittenDownIsTakenBack() {
        Emulation before = node.node().emulation();
        full = "nothing was changed: the disk is full";
        assertThatThrownBy(
                        () -> desk.emulate(
                                "a",
                                json(
                                        "{'out':6000,'in':7000,'links':[{'to':'127.0.0.1:7001','bytesPerSecond':8000,'loss':1}]}")))
                .hasMessage(full);
        assertThat(node.node().emulation()).isEqualTo(before);
        assertThat(events.recent()).isEmpty();
    }

    /** As an algorithm does: past the desk. */
    private void anAlgorithmChanges(String change) {
        node.node().emulate(json(change));
    }

    @Test
    void whatAnAlgorithmHasSetHoldsAndIsNotWrittenDownWithTheNextCommand() {
        anAlgorithmChanges("{'total':9000,'in':7000,'links':[{'to':'127.0.0.1:7001','bytesPerSecond':300}]}");
        Emulation after = desk.emulate("a", json("{'out':6000}"));
        assertThat(after)
                .isEqualTo(
                        emulation(
                                "{'total':9000,'in':7000,'out':6000,'links':[{'to':'127.0.0.1:7001','latencyMillis':5,'bytesPerSecond':300}]}"));
        String commanded = "{'in':5000,'out':6000,'links':[{'to':'127.0.0.1:7001','latencyMillis':5}]}";
        assertThat(written).containsExactly(emulation(commanded));
        desk.emulate("a", json("{'total':null}"));
        assertThat(written).last().isEqualTo(emulation(commanded));
        desk.emulate("a", json("{'in':8000}"));
        assertThat(written).last().extracting(Emulation::in).isEqualTo(OptionalLong.of(8000));
    }

    @Test
    void aChangeThatIsRightOnlyWithWhatAnAlgorithmHasSetIsRefused() {
        anAlgorithmChanges("{'links':[{'to':'127.0.0.1:7001','latencyMillis':30}]}");
        Emulation before = node.node().emulation();
        JsonObject change = json("{'links':[{'to':'127.0.0.1:7001','jitterMillis':20}]}");
        assertThatThrownBy(() -> desk.emulate("a", change))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("without what an algorithm has set, which is not kept over a restart")
                .hasMessageContaining("jitter");
        assertThat(node.node().emulation()).isEqualTo(before);
        assertThat(written).isEmpty();
        desk.emulate("a", json("{'links':[{'to':'127.0.0.1:7001','latencyMillis':40,'jitterMillis':20}]}"));
        assertThat(written).hasSize(1);
    }

    @Test
    void aWeightIsWrittenDownAndToldAndListed() {
        desk.weigh("a", 7, PEER, 30);
        WeightStatus weight = new WeightStatus(7, PEER, 30);
        assertThat(weights).containsExactly(weight);
        assertThat(node.status().weights()).containsExactly(weight);
        assertThat(events.recent()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("weight.changed");
            assertThat(event.detail().get("weight").getAsInt()).isEqualTo(30);
            assertThat(event.detail().get("upstream").getAsString()).isEqualTo(PEER.toString());
        });
    }

    @Test
    void aWeightThatCannotBeWrittenDownIsTakenBack() {
        desk.weigh("a", 0, PEER, 4);
        desk.weigh("a", 7, PEER, 5);
        full = "nothing was changed: the disk is full";
        assertThatThrownBy(() -> desk.weigh("a", 7, PEER, 30)).hasMessage(full);
        assertThatThrownBy(() -> desk.weigh("a", 8, PEER, 30)).hasMessage(full);
        assertThatThrownBy(() -> desk.weigh("a", 7, PEER, 1001)).hasMessageContaining("1 to 1000");
        assertThat(node.status().weights())
                .containsExactly(
                        new WeightStatus(0, PEER, 4), new WeightStatus(7, PEER, 5), new WeightStatus(8, PEER, 4));
        assertThat(events.recent()).hasSize(2);
    }

    @Test
    void aWrongChangeIsNeitherWrittenDownNorTold() {
        assertThatThrownBy(() -> desk.emulate("a", json("{'out':1}"))).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> desk.emulate("b", json("{}"))).hasMessage("there is no node 'b'");
        assertThat(written).isEmpty();
        assertThat(events.recent()).isEmpty();
    }

    @Test
    void aNodeThatHasEndedIsASentence() {
        node.close();
        assertThatThrownBy(() -> desk.emulate("a", json("{'out':6000}")))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("node 'a' does not answer: ");
        assertThat(written).isEmpty();
    }
}
