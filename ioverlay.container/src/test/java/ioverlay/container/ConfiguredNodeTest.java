package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ConfiguredNodeTest {
    private static final NodeValues VALUES =
            NodeValues.of(Map.of("name", "a", "applications", List.of("1=one", "2=two")));

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ConfigurationLog log = new ConfigurationLog() {
        @Override
        public void made(String pid, String node) {
            told.add(pid + " made " + node);
        }

        @Override
        public void refused(String pid, String node, String sentence) {
            told.add(pid + " refused " + node + ": " + sentence);
        }
    };
    private final Recorded nodes = new Recorded();

    /** Nodes that say what they were asked, and refuse what they are told to refuse. */
    private static final class Recorded implements Nodes {
        private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        private final Set<String> missing = ConcurrentHashMap.newKeySet();
        private final Set<String> refused = ConcurrentHashMap.newKeySet();

        private void call(String what) {
            boolean refuse = refused.contains(what);
            calls.add(what);
            if (missing.contains(what)) {
                throw new RefusedException("not yet " + what, new NotHereException(what));
            }
            if (refuse) {
                throw new RefusedException("not " + what);
            }
        }

        private String next() throws InterruptedException {
            return Optional.ofNullable(calls.poll(10, TimeUnit.SECONDS)).orElse("nothing within 10 s");
        }

        @Override
        public NodeStatus create(NodeSpec spec) {
            call("create " + spec.name());
            return new NodeStatus(
                    spec.name(),
                    NodeId.parse("127.0.0.1:1"),
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    new PauseRecord().status());
        }

        @Override
        public void remove(String node) {
            call("remove " + node);
        }

        @Override
        public List<NodeStatus> list() {
            return List.of();
        }

        @Override
        public Optional<NodeStatus> status(String node) {
            return Optional.empty();
        }

        @Override
        public void start(String node, ApplicationSpec application) {
            call("start " + application.type());
        }

        @Override
        public void stop(String node, int application) {}

        @Override
        public void tell(String node, Message message) {}
    }

    private ConfiguredNode begin() {
        return new ConfiguredNode("pid", VALUES, nodes, log, Duration.ofMillis(20));
    }

    @Test
    void makesTheNodeThenItsApplicationsAndEndsIt() throws Exception {
        ConfiguredNode node = begin();
        assertThat(nodes.next()).isEqualTo("create a");
        assertThat(nodes.next()).isEqualTo("start one");
        assertThat(nodes.next()).isEqualTo("start two");
        node.close();
        assertThat(nodes.next()).isEqualTo("remove a");
        node.close();
        assertThat(nodes.calls).isEmpty();
    }

    @Test
    void whatWasRefusedIsTriedAgainWhenSomethingArrives() throws Exception {
        nodes.refused.add("start one");
        try (ConfiguredNode node = begin()) {
            assertThat(nodes.next()).isEqualTo("create a");
            assertThat(nodes.next()).isEqualTo("start one");
            assertThat(nodes.next()).isEqualTo("start one");
            nodes.refused.clear();
            node.arrived();
            assertThat(nodes.next()).isEqualTo("start one");
            assertThat(nodes.next()).isEqualTo("start two");
        }
    }

    @Test
    void aRefusalIsToldAtOnce() throws Exception {
        nodes.refused.add("start two");
        try (ConfiguredNode node = begin()) {
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("pid refused a: not start two");
            nodes.refused.clear();
            node.arrived();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("pid made a");
        }
    }

    @Test
    void whatHasNotComeYetIsNoRefusal() throws Exception {
        nodes.missing.add("start one");
        try (ConfiguredNode node = begin()) {
            assertThat(nodes.next()).isEqualTo("create a");
            assertThat(nodes.next()).isEqualTo("start one");
            assertThat(nodes.next()).as("tried again after the grace period").isEqualTo("start one");
            assertThat(told).isEmpty();
            nodes.missing.clear();
            node.arrived();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("pid made a");
        }
    }

    @Test
    void aNodeThatWasNeverMadeIsNotRemoved() throws Exception {
        nodes.refused.add("create a");
        ConfiguredNode node = begin();
        assertThat(nodes.next()).isEqualTo("create a");
        node.close();
        assertThat(nodes.calls).doesNotContain("remove a");
    }

    @Test
    void aNodeThatSomebodyElseRemovedIsNoReasonToFail() throws Exception {
        nodes.refused.add("remove a");
        ConfiguredNode node = begin();
        assertThat(nodes.next()).isEqualTo("create a");
        node.close();
        assertThat(nodes.calls).contains("remove a");
    }
}
