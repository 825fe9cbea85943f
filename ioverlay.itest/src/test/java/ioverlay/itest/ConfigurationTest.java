package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.itest.algorithms.Counter;
import ioverlay.itest.algorithms.Idler;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;

/** Nodes by configuration, in a real framework with a real ConfigAdmin. */
final class ConfigurationTest {
    private static final Logger CONTAINERS_LOG = Logger.getLogger("ioverlay.container");

    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    private Path directory;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        CONTAINERS_LOG.addHandler(handler);
        container = LiveContainer.with(TestBundle.of("two", "1.0.0")
                .algorithm("counter", Counter.class)
                .application("idler", Idler.class)
                .write(directory));
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
        CONTAINERS_LOG.removeHandler(handler);
    }

    private Configuration configure(String name, Map<String, Object> values) throws Exception {
        Configuration configuration = container.configurations().getFactoryConfiguration("ioverlay.node", name, "?");
        configuration.update(FrameworkUtil.asDictionary(values));
        return configuration;
    }

    private void awaitNodes(String... names) {
        Await.until(
                "nodes " + List.of(names),
                () -> container.nodes().list().stream()
                        .map(NodeStatus::name)
                        .toList()
                        .equals(List.of(names)));
    }

    private void awaitWarning(String... inLine) {
        Await.until(
                "a line with " + List.of(inLine),
                () -> logged.stream().anyMatch(line -> List.of(inLine).stream().allMatch(text(line)::contains)));
    }

    private static String text(LogRecord line) {
        return line.getParameters() == null || line.getParameters().length == 0
                ? line.getMessage()
                : MessageFormat.format(line.getMessage(), line.getParameters());
    }

    @Test
    void aConfigurationMakesANodeWithItsSlotsAndApplications() throws Exception {
        configure(
                "a",
                Map.of(
                        "bufferBytes", 65536,
                        "slots", new String[] {"7=counter;versions=[1.0,2);settings={\"k\":[1,2]}"},
                        "applications", new String[] {"7=idler"}));
        awaitNodes("a");
        Await.until(
                "its application",
                () -> container.nodes().status("a").orElseThrow().applications().size() == 1);
        NodeStatus node = container.nodes().status("a").orElseThrow();
        assertThat(node.slots()).singleElement().satisfies(slot -> {
            assertThat(slot.application()).isEqualTo(7);
            assertThat(slot.algorithm()).isEqualTo("counter");
        });
    }

    @Test
    void aChangedConfigurationMakesTheNodeAnewAndADeletedOneEndsIt() throws Exception {
        Configuration configuration = configure("a", Map.of("slots", "1=counter"));
        awaitNodes("a");
        configuration.update(FrameworkUtil.asDictionary(Map.of("slots", "2=counter")));
        Await.until(
                "the other slot",
                () -> container.nodes().status("a").stream()
                        .flatMap(node -> node.slots().stream())
                        .anyMatch(slot -> slot.application() == 2));
        configuration.delete();
        awaitNodes();
    }

    @Test
    void aWrongValueIsOneWarningAndTheOtherNodesStart() throws Exception {
        configure("bad", Map.of("port", 70000));
        configure("worse", Map.of("address", "10.0.0.1"));
        configure("worst", Map.of("bufferBites", 5000));
        configure("text", Map.of("slots", "7-counter"));
        configure("good", Map.of("port", "0"));
        awaitNodes("good");
        awaitWarning("ioverlay.node~bad", "0 (any free one) to 65535", "70000");
        awaitWarning("ioverlay.node~worse", "loopback", "10.0.0.1");
        awaitWarning("ioverlay.node~worst", "bufferBites");
        awaitWarning("ioverlay.node~text", "7-counter");
        assertThat(logged)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.getThrown()).isNull());
    }

    @Test
    void namesOfConfiguredAndOtherNodesAreOneNameSpace() throws Exception {
        container.nodes().create(NodeSpec.named("a"));
        configure("x", Map.of("name", "a"));
        awaitWarning("'a' is taken");
        configure("b", Map.of());
        awaitNodes("a", "b");
        assertThatThrownBy(() -> container.nodes().create(NodeSpec.named("b"))).isInstanceOf(RefusedException.class);
    }

    @Test
    void aNodeWhoseNameWasTakenComesWhenItIsFree() throws Exception {
        container.nodes().create(NodeSpec.named("a"));
        configure("x", Map.of("name", "a", "slots", "7=counter"));
        Await.until(
                "a refusal",
                () -> container.events().recent().stream()
                        .anyMatch(event -> event.kind().equals("node.refused")));
        container.nodes().remove("a");
        Await.until(
                "the configured node",
                () -> container.nodes().status("a").stream()
                        .anyMatch(node -> node.slots().size() == 1));
    }

    @Test
    void aNodeWaitsForItsAlgorithm() throws Exception {
        Bundle bundle = container.bundle("two", "1.0.0");
        bundle.stop();
        configure("a", Map.of("slots", "1=counter"));
        awaitWarning("'a' waits", "counter");
        bundle.start();
        awaitNodes("a");
    }

    @Test
    void configuredNodesEndWithTheContainer() throws Exception {
        configure("a", Map.of());
        awaitNodes("a");
        Bundle bundle = container.bundle("ioverlay.container", "1.0.0");
        bundle.stop();
        bundle.start();
        awaitNodes("a");
    }
}
