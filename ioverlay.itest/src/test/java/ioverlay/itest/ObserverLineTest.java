package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.FleetSettings;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.fleet.Member.State;
import ioverlay.observer.fleet.Reception;
import ioverlay.observer.fleet.Switchboard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Dictionary;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;

/** A real container with its agent, and the observer's end of the line in this JVM. */
final class ObserverLineTest {
    private static final FleetSettings OFTEN = new FleetSettings(8, 100);

    @TempDir
    private Path directory;

    private final List<Happening> log = new CopyOnWriteArrayList<>();
    private LiveContainer container;
    private Switchboard board;
    private Reception reception;

    @BeforeEach
    void boot() throws Exception {
        open(Addresses.ofItsOwn());
        container = LiveContainer.with(
                Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"), Jars.ours("ioverlay.agent"));
        Dictionary<String, Object> observer = FrameworkUtil.asDictionary(
                Map.of("observer", reception.listens().toString()));
        container.configurations().getConfiguration("ioverlay.agent", "?").update(observer);
    }

    private void open(InetSocketAddress where) throws IOException {
        board = new Switchboard(OFTEN, Optional.of(directory.resolve("marks.json")));
        board.listen(new Fleet.Listener() {
            @Override
            public void happened(Happening happening) {
                log.add(happening);
            }
        });
        reception = Reception.open(where, board);
    }

    private void shut() {
        reception.close();
        board.close();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
        shut();
    }

    private JsonObject order(String node, String command) throws Exception {
        NodeId id = board.member(node).orElseThrow().id();
        return board.order(id, json(command), "test").get(30, TimeUnit.SECONDS).getAsJsonObject();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    private String home() {
        return board.homes().getFirst().id();
    }

    private void awaitLive(String... nodes) {
        for (String node : nodes) {
            Await.until(
                    node + " is live and seen",
                    () -> board.member(node)
                            .filter(member -> member.state() == State.LIVE)
                            .filter(member -> !member.status().isEmpty())
                            .isPresent());
        }
    }

    private long consumed(String node) {
        return container.nodes().status(node).orElseThrow().applications().stream()
                .mapToLong(NodeStatus.ApplicationStatus::consumed)
                .sum();
    }

    private JsonObject create(String command) throws Exception {
        return board.orderHome(home(), json(command), "test")
                .get(10, TimeUnit.SECONDS)
                .getAsJsonObject();
    }

    /** Two nodes, made by the observer, that pass data on. */
    private void makeStream() throws Exception {
        Await.until("there is a line", () -> !board.homes().isEmpty());
        String sink = create("{'do':'create','name':'sink','location':'45.5,-73.6,Montreal','slots':['0=relay'],"
                        + "'applications':['7=sink.counting']}")
                .get("id")
                .getAsString();
        create("{'do':'create','name':'source','slots':['0=relay;settings={\\'next\\':[\\'" + sink
                + "\\'],\\'deliver\\':false}'],"
                + "'applications':['7=source.cbr;settings={\\'bytesPerSecond\\':200000,\\'payload\\':1000}']}");
        awaitLive("source", "sink");
        Await.until("it flows", () -> consumed("sink") > 0);
    }

    @Test
    void theObserverMakesNodesBringsAVersionSwapsThemAndHearsOfIt() throws Exception {
        makeStream();
        Member sink = board.member("sink").orElseThrow();
        assertThat(sink.status().getAsJsonObject("location").get("label").getAsString())
                .isEqualTo("Montreal");
        Path bundle = Jars.relay11();
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(bundle)));

        assertThat(board.bring(home(), bundle, sha256, "counter 1.0.0", "test")
                        .get(10, TimeUnit.SECONDS)
                        .toString())
                .contains("\"name\":\"relay\"", "\"version\":\"1.1.0\"", sha256);
        JsonObject result = order(
                "sink",
                "{'do':'swap','application':0,'algorithm':'relay','versions':'[1.1.0,1.1.0]',"
                        + "'probation':{'seconds':0.2},'id':'one'}");

        assertThat(result.get("outcome").getAsString()).as(result.toString()).isEqualTo("SWITCHED");
        assertThat(result.get("to").getAsString()).isEqualTo("1.1.0");
        assertThat(order("sink", "{'do':'rollback','application':0,'id':'two'}")
                        .get("to")
                        .getAsString())
                .isEqualTo("1.0.0");
        assertThat(order("source", "{'do':'emulate','change':{'out':100000}}")
                        .get("out")
                        .getAsLong())
                .isEqualTo(100_000);
        assertThat(order("sink", "{'do':'why','application':0}").getAsJsonArray("sentences"))
                .isNotEmpty();
        assertThat(board.orderHome(home(), json("{'do':'types'}"), "test")
                        .get(10, TimeUnit.SECONDS)
                        .toString())
                .contains("source.cbr");
        Await.until(
                "the swap was heard of",
                () -> log.stream()
                        .anyMatch(happening -> happening.kind().equals("swap")
                                && happening.name().equals("sink")));
        order("source", "{'do':'remove'}");
        Await.until("it has left", () -> board.member("source").isEmpty());
    }

    @Test
    void anObserverThatWasRestartedHasTheNodesAgainAndNothingStopsMeanwhile() throws Exception {
        makeStream();
        InetSocketAddress where = reception.listens().socketAddress();
        Await.until(
                "their making was heard of",
                () -> log.stream()
                                .filter(happening -> happening.kind().equals("node.created"))
                                .count()
                        == 2);
        shut();
        long before = consumed("sink");
        Await.until("data flows on", () -> consumed("sink") > before + 20);
        log.clear();
        open(where);

        awaitLive("source", "sink");
        assertThat(order("sink", "{'do':'status'}").get("name").getAsString()).isEqualTo("sink");
        container.nodes().create(NodeSpec.named("later"));
        awaitLive("later");
        Await.until(
                "that was heard of, and what was before is not heard again",
                () -> log.stream()
                        .filter(happening -> happening.kind().equals("node.created"))
                        .map(Happening::name)
                        .toList()
                        .equals(List.of("later")));
    }

    @Test
    void aContainerThatEndsSignsItsNodesOffAndOneThatBreaksLosesThem() throws Exception {
        Await.until("there is a line", () -> !board.homes().isEmpty());
        container.nodes().create(NodeSpec.named("a"));
        awaitLive("a");

        container.bundle("ioverlay.agent", "1.0.0").stop();
        Await.until("a is lost", () -> board.member("a").orElseThrow().state() == State.LOST);
        assertThat(container.nodes().status("a")).isPresent();
        container.bundle("ioverlay.agent", "1.0.0").start();
        awaitLive("a");

        container.context().getBundle(0).stop();
        Await.until("a has left", () -> board.members().isEmpty());
    }
}
