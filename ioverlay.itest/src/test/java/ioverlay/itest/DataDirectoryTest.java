package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.Algorithm;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Event;
import ioverlay.api.container.Network;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Counter;
import ioverlay.itest.algorithms.Failing;
import ioverlay.itest.algorithms.Idler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;

/** A container that ends and begins again in the same data directory. */
final class DataDirectoryTest {
    @TempDir
    private Path jars;

    @TempDir
    private Path data;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        container = open(data);
    }

    private LiveContainer open(Path directory) throws Exception {
        LiveContainer booted = LiveContainer.with(
                Jars.ours("ioverlay.algo.relay"),
                TestBundle.of("idler", "1.0.0")
                        .application("idler", Idler.class)
                        .write(jars));
        booted.configurations()
                .getConfiguration("ioverlay.data", "?")
                .update(FrameworkUtil.asDictionary(Map.of("directory", directory.toString())));
        Await.until(
                "an answer about the data directory",
                () -> events(booted, "data.").findAny().isPresent());
        return booted;
    }

    private static Stream<Event> events(LiveContainer of, String kind) {
        return of.events().recent().stream().filter(event -> event.kind().startsWith(kind));
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private void restart() throws Exception {
        container.close();
        container = open(data);
    }

    private static NodeSpec relaying(String name) {
        return NodeSpec.named(name)
                .withBufferBytes(8192)
                .withMaxPayload(1000)
                .withSlot(1, SlotSpec.of("relay").withVersions("[1.0,2)"));
    }

    private SwapResult swap(String node, String versions, String id) throws Exception {
        return container
                .swaps()
                .swap(new SwapRequest(node, 1, "relay", versions)
                        .withProbation(Probation.NONE)
                        .withId(id))
                .get(30, TimeUnit.SECONDS);
    }

    private NodeStatus status(String node) {
        return container.nodes().status(node).orElseThrow();
    }

    private Configuration configure(String name, Map<String, Object> values) throws Exception {
        Configuration configuration = container.configurations().getFactoryConfiguration("ioverlay.node", name, "?");
        configuration.update(FrameworkUtil.asDictionary(values));
        Await.until("node " + name, () -> container.nodes().status(name).isPresent());
        return configuration;
    }

    @Test
    void nodesComeBackAtTheirPortsWithTheirApplicationsAndTheVersionTheyWereSwappedTo() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        container.nodes().create(relaying("a"));
        container.nodes().create(relaying("b"));
        container.nodes().create(NodeSpec.named("gone"));
        container.nodes().start("a", new ApplicationSpec("idler", 1, new JsonObject()));
        assertThat(swap("a", "[1.0,1.1)", "").outcome()).isEqualTo(Outcome.SWITCHED);
        container.nodes().remove("gone");
        List<NodeStatus> before = container.nodes().list();
        restart();
        assertThat(container.nodes().list())
                .extracting(NodeStatus::name, NodeStatus::id)
                .containsExactly(
                        tuple("a", before.get(0).id()), tuple("b", before.get(1).id()));
        assertThat(status("a").slots())
                .singleElement()
                .satisfies(slot -> assertThat(slot.version()).isEqualTo("1.0.0"));
        assertThat(status("b").slots())
                .singleElement()
                .satisfies(slot -> assertThat(slot.version()).isEqualTo("1.1.0"));
        assertThat(status("a").applications()).hasSize(1);
        assertThat(status("b").applications()).isEmpty();
    }

    @Test
    void aVersionThatFailsWhileItIsToldThatItServesIsNotOnProbationAfterARestart() throws Exception {
        for (Class<? extends Algorithm> type : List.of(Counter.class, Failing.class)) {
            container
                    .repository()
                    .add(TestBundle.of("counter", type == Counter.class ? "1.0.0" : "1.1.0")
                            .algorithm("counter", type)
                            .write(jars)
                            .toUri());
        }
        SlotSpec slot = SlotSpec.of("counter").withVersions("[1.0,1.1)");
        NodeId id =
                container.nodes().create(NodeSpec.named("a").withSlot(1, slot)).id();
        SwapResult back = container
                .swaps()
                .swap(new SwapRequest("a", 1, "counter", "[1.1,2)"), phase -> {
                    if (phase == SwapPhase.PROBATION) {
                        for (int at = 0; at < 10; at++) {
                            container
                                    .nodes()
                                    .tell(
                                            "a",
                                            Message.builder(id, MessageType.CUSTOM)
                                                    .application(1)
                                                    .build());
                        }
                        Await.until(
                                "its end is told",
                                () -> events(container, "swap").findAny().isPresent());
                    }
                })
                .get(30, TimeUnit.SECONDS);
        assertThat(back.outcome()).as(back.sentence()).isEqualTo(Outcome.RETURNED);
        assertThat(back.reached()).isEqualTo(SwapPhase.PROBATION);
        restart();
        assertThat(status("a").slots().getFirst().version()).isEqualTo("1.0.0");
        assertThat(events(container, "trial.ended")).isEmpty();
    }

    @Test
    void addedBundlesAreStoredAndInstalledWhenTheyAreAskedFor() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        container.nodes().create(relaying("a").withSlot(1, SlotSpec.of("relay").withVersions("[1.0,1.1)")));
        restart();
        assertThat(container.repository().algorithms())
                .extracting(
                        Offer::version, Offer::state, offer -> offer.sha256().length())
                .containsExactly(tuple("1.0.0", "active", 64), tuple("1.1.0", "stored", 64));
        assertThat(swap("a", "1.1", "").outcome()).isEqualTo(Outcome.SWITCHED);
        try (Stream<Path> files = Files.list(data.resolve("bundles"))) {
            assertThat(files).allMatch(file -> file.getFileName().toString().matches("[0-9a-f]{64}\\.jar"));
        }
    }

    @Test
    void aNodeWhosePortIsTakenWaitsForItAndTheOthersComeBack() throws Exception {
        String id = container.nodes().create(relaying("a")).id().toString();
        container.nodes().create(relaying("b"));
        container.close();
        int port = Integer.parseInt(id.substring(id.indexOf(':') + 1));
        try (ServerSocket taker = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            container = open(data);
            assertThat(taker.isBound()).isTrue();
            assertThat(container.nodes().list()).extracting(NodeStatus::name).containsExactly("b");
            assertThat(events(container, "node.waiting")).hasSize(1);
        }
        Await.until("node a", () -> container.nodes().status("a").isPresent());
        assertThat(status("a").id()).hasToString(id);
    }

    @Test
    void aConfiguredNodeKeepsItsPortAndVersionAsLongAsItsConfigurationSaysTheSame() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        Map<String, Object> values = Map.of("slots", "1=relay;versions=[1.0,2)");
        configure("c", values);
        configure("d", values);
        swap("c", "[1.0,1.1)", "");
        swap("d", "[1.0,1.1)", "");
        NodeStatus before = status("c");
        restart();
        assertThat(container.nodes().list()).isEmpty();
        configure("c", values);
        configure("d", Map.of("slots", "1=relay;versions=[1.1,2)"));
        assertThat(status("c").id()).isEqualTo(before.id());
        assertThat(status("c").slots().getFirst().version()).isEqualTo("1.0.0");
        assertThat(status("d").slots().getFirst().version()).isEqualTo("1.1.0");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void theNetworkThatANodeIsToBelieveInComesBackWithItsLiveChanges() throws Exception {
        Network network = container.service(Network.class);
        container.nodes().create(relaying("a").withEmulation(Emulation.NONE.changed(json("{'total':5000,'in':4000}"))));
        Emulation live = network.emulate("a", json("{'out':3000,'in':null}"));
        assertThat(live).isEqualTo(Emulation.NONE.changed(json("{'total':5000,'out':3000}")));
        assertThat(events(container, "network.changed")).singleElement().satisfies(event -> {
            assertThat(event.node()).isEqualTo("a");
            assertThat(event.sentence()).contains("{\"out\":3000,\"in\":null}");
            assertThat(event.detail().get("change")).isEqualTo(json("{'out':3000,'in':null}"));
        });
        assertThatThrownBy(() -> network.emulate("a", json("{'out':0}"))).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> network.emulate("nobody", json("{}"))).isInstanceOf(RefusedException.class);
        Map<String, Object> capped = Map.of(
                "outBytesPerSecond", 6000, "links", "to=127.0.0.1:7001;latencyMillis=20", "inactivityMillis", 4000);
        configure("c", capped);
        configure("d", capped);
        network.emulate("c", json("{'out':7000,'links':[{'to':'127.0.0.1:7001','loss':0.5}]}"));
        network.emulate("d", json("{'out':7000}"));
        restart();
        configure("c", capped);
        configure("d", Map.of("outBytesPerSecond", 8000));
        assertThat(status("a").emulation()).isEqualTo(live);
        assertThat(status("c").emulation())
                .isEqualTo(Emulation.NONE.changed(
                        json("{'out':7000,'links':[{'to':'127.0.0.1:7001','latencyMillis':20,'loss':0.5}]}")));
        assertThat(status("d").emulation()).isEqualTo(Emulation.NONE.changed(json("{'out':8000}")));
    }

    @Test
    void weightsComeBackAndWhatAlgorithmsSetDoesNot() throws Exception {
        Network network = container.service(Network.class);
        NodeId upstream = NodeId.parse("127.0.0.1:7001");
        NodeId a = container.nodes().create(relaying("a")).id();
        Engine algorithm = container.service(Engine.class); // what it asks for, an algorithm asks for
        configure("c", Map.of("slots", "0=relay"));
        algorithm.send(
                Message.builder(a, MessageType.EMULATE)
                        .application(1)
                        .payload("{\"in\":70000}")
                        .build(),
                a);
        algorithm.send(
                Message.builder(a, MessageType.SET_WEIGHT)
                        .application(1)
                        .params(9, 0)
                        .payload(List.of(upstream))
                        .build(),
                a);
        Await.until("it is told", () -> events(container, "weight.changed").count() == 1);
        assertThat(events(container, "network.changed")).singleElement().satisfies(event -> {
            assertThat(event.node()).isEqualTo("a");
            assertThat(event.detail().get("application").getAsInt()).isEqualTo(1);
            assertThat(event.detail().get("change")).isEqualTo(json("{'in':70000}"));
        });
        assertThat(network.emulate("a", json("{'out':3000}")))
                .isEqualTo(Emulation.NONE.changed(json("{'in':70000,'out':3000}")));
        assertThat(status("a").weights()).containsExactly(new WeightStatus(1, upstream, 9));
        network.weigh("a", 0, upstream, 5);
        network.weigh("a", 7, upstream, 6);
        network.weigh("a", 7, upstream, 7);
        network.weigh("c", 0, upstream, 8);
        restart();
        configure("c", Map.of("slots", "0=relay"));
        assertThat(status("a").weights())
                .containsExactly(new WeightStatus(0, upstream, 5), new WeightStatus(7, upstream, 7));
        assertThat(status("a").emulation()).isEqualTo(Emulation.NONE.changed(json("{'out':3000}")));
        assertThat(status("c").weights()).containsExactly(new WeightStatus(0, upstream, 8));
    }

    @Test
    void aDeletedConfigurationIsForgotten() throws Exception {
        Configuration configuration = configure("c", Map.of());
        assertThat(Files.readString(data.resolve("journal"))).doesNotContain("removed");
        configuration.delete();
        Await.until("a note", () -> journal().contains("{\"kind\":\"removed\",\"node\":\"c\"}"));
    }

    private String journal() {
        try {
            return Files.readString(data.resolve("journal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSecondContainerIsRefusedWithTheFirstOnesProcess() throws Exception {
        try (LiveContainer second = open(data)) {
            assertThat(events(second, "data.refused"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.sentence())
                            .contains(
                                    data.toString(),
                                    "process " + ProcessHandle.current().pid()));
        }
        assertThat(events(container, "data.opened")).hasSize(1);
    }

    @Test
    void aNodeThatIsThereBeforeTheDataDirectoryIsWrittenDownToo() throws Exception {
        container.close();
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"));
        container.nodes().create(relaying("early"));
        container
                .configurations()
                .getConfiguration("ioverlay.data", "?")
                .update(FrameworkUtil.asDictionary(Map.of("directory", data.toString())));
        Await.until(
                "data.opened", () -> events(container, "data.opened").findAny().isPresent());
        restart();
        assertThat(container.nodes().list()).extracting(NodeStatus::name).containsExactly("early");
    }

    @Test
    void aBundleThatOnlyTheFrameworkHadComesBackFromTheStore() throws Exception {
        container
                .context()
                .installBundle(TestBundle.of("two", "2.0.0")
                        .algorithm("counter", Counter.class)
                        .write(jars)
                        .toUri()
                        .toString())
                .start();
        container.nodes().create(NodeSpec.named("a").withSlot(1, SlotSpec.of("counter")));
        restart();
        assertThat(status("a").slots().getFirst().version()).isEqualTo("2.0.0");
    }
}
