package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Event;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.RefusedException;
import ioverlay.engine.DataPlane;
import ioverlay.engine.NodeConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of a real node's network, and what becomes of it where it cannot be written down. */
final class NetworkDeskTest {
    private final List<Emulation> written = new ArrayList<>();
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
