package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import ioverlay.itest.algorithms.Counter;
import ioverlay.itest.algorithms.Idler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node factory in a real framework. */
final class NodesTest {
    private static final int SLOT = 5;

    @TempDir
    private static Path directory;

    private static LiveContainer container;

    @BeforeAll
    static void boot() throws Exception {
        container = LiveContainer.with(TestBundle.of("two", "1.0.0")
                .algorithm("counter", Counter.class)
                .application("idler", Idler.class)
                .write(directory));
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @AfterEach
    void clear() {
        container.nodes().list().forEach(node -> container.nodes().remove(node.name()));
    }

    private static NodeStatus create(String name) {
        return container.nodes().create(NodeSpec.named(name).withSlot(SLOT, SlotSpec.of("counter")));
    }

    private static int engines(NodeStatus node) throws Exception {
        return container
                .context()
                .getServiceReferences(Engine.class, "(" + Engine.NODE_PROPERTY + "=" + node.id() + ")")
                .size();
    }

    @Test
    void aNodeIsFoundByNameAndById() {
        NodeStatus made = create("a");
        assertThat(container.nodes().status("a")).map(NodeStatus::id).contains(made.id());
        assertThat(container.nodes().status(made.id().toString()))
                .map(NodeStatus::name)
                .contains("a");
        assertThat(container.nodes().status("b")).isEmpty();
        create("b");
        assertThat(container.nodes().list()).extracting(NodeStatus::name).containsExactly("a", "b");
    }

    @Test
    void itsEngineIsAServiceUntilItIsRemoved() throws Exception {
        NodeStatus made = create("a");
        assertThat(engines(made)).isEqualTo(1);
        container.nodes().remove("a");
        assertThat(engines(made)).isZero();
        assertThat(container.nodes().list()).isEmpty();
    }

    @Test
    void twoNodesOfOneNameAreRefused() {
        create("a");
        assertThatThrownBy(() -> create("a"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'a' is taken");
    }

    @Test
    void aRemovedNodesNameAndPortAreFreeAgain() {
        NodeStatus first = create("a");
        container.nodes().remove("a");
        NodeStatus second = container.nodes().create(NodeSpec.named("a").withAddress("127.0.0.1", portOf(first)));
        assertThat(second.id()).isEqualTo(first.id());
    }

    private static int portOf(NodeStatus node) {
        return node.id().socketAddress().getPort();
    }

    @Test
    void aPortInUseIsRefusedNamingIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            NodeSpec spec = NodeSpec.named("a").withAddress("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> container.nodes().create(spec))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(container.nodes().list()).isEmpty();
        create("a");
    }

    @Test
    void aSlotWithoutAnAlgorithmIsRefusedNamingWhatThereIs() {
        NodeSpec spec = NodeSpec.named("a").withSlot(0, SlotSpec.of("countess"));
        assertThatThrownBy(() -> container.nodes().create(spec))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("countess")
                .hasMessageContaining("counter 1.0.0");
        assertThat(container.nodes().list()).isEmpty();
    }

    @Test
    void aNodeThatIsNotThereIsNotRemoved() {
        assertThatThrownBy(() -> container.nodes().remove("z"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no node 'z'");
    }

    @Test
    void anApplicationIsStartedOnceAndStopped() {
        create("a");
        ApplicationSpec idler = new ApplicationSpec("idler", SLOT, new JsonObject());
        container.nodes().start("a", idler);
        assertThat(container.nodes().status("a").orElseThrow().applications()).hasSize(1);
        assertThatThrownBy(() -> container.nodes().start("a", idler))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("already started");
        container.nodes().stop("a", SLOT);
        assertThat(container.nodes().status("a").orElseThrow().applications()).isEmpty();
        assertThatThrownBy(() -> container.nodes().stop("a", SLOT)).isInstanceOf(RefusedException.class);
    }

    @Test
    void anApplicationThatRefusesLeavesNothingBehind() {
        create("a");
        JsonObject tired = new JsonObject();
        tired.addProperty("refuse", true);
        assertThatThrownBy(() -> container.nodes().start("a", new ApplicationSpec("idler", SLOT, tired)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("too tired");
        container.nodes().start("a", new ApplicationSpec("idler", SLOT, new JsonObject()));
    }

    @Test
    void anUnknownApplicationIsRefusedNamingWhatThereIs() {
        create("a");
        assertThatThrownBy(() -> container.nodes().start("a", new ApplicationSpec("runner", SLOT, new JsonObject())))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("runner")
                .hasMessageContaining("idler 1.0.0");
    }

    @Test
    void onlyControlMessagesOfTheCommonAndTheAuthorsRangeAreTold() {
        NodeStatus made = create("a");
        for (int type : new int[] {MessageType.DATA, MessageType.TIMER, MessageType.SET_TIMER}) {
            Message message = Message.builder(made.id(), type).application(SLOT).build();
            assertThatThrownBy(() -> container.nodes().tell("a", message))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(Integer.toHexString(type));
        }
    }

    @Test
    void eventsTellOfNodesThatComeAndGo() {
        create("a");
        container.nodes().remove("a");
        assertThat(container.events().recent())
                .extracting(event -> event.kind())
                .containsSubsequence("node.created", "node.removed");
    }
}
