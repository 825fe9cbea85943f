package ioverlay.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.NodeStatus.RateStatus;
import ioverlay.api.container.NodeStatus.SessionStatus;
import ioverlay.api.container.NodeStatus.WeightStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network of nodes, as commands show and change it. */
class NetworkCommandsTest {
    private static final String EMULATED = "{'total':1500000,'links':[{'to':'127.0.0.1:7012','bytesPerSecond':400000,"
            + "'latencyMillis':20,'jitterMillis':0.5,'loss':0.01},{'from':'127.0.0.1:7013','bytesPerSecond':100000}]}";

    private final FakeContainer fake = new FakeContainer();
    private final Typing typing = new Typing(fake);

    NetworkCommandsTest() {
        fake.with("plain", FakeContainer.slot(7, "serving", 0));
        add("a", 1, List.of(1), List.of(2, 3));
        add("b", 2, List.of(1), List.of(2));
        add("c", 3, List.of(1), List.of(4));
        add("d", 4, List.of(3, 9), List.of(2, 8));
    }

    @AfterEach
    void leave() {
        typing.close();
    }

    private static NodeId id(int node) {
        return NodeId.parse("127.0.0.1:701" + node);
    }

    private static List<NodeId> ids(List<Integer> nodes) {
        return nodes.stream().map(NetworkCommandsTest::id).toList();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private void add(String name, int node, List<Integer> from, List<Integer> to) {
        RateStatus rates = new RateStatus(100_000, 200_000, 10, 20);
        fake.nodes.put(
                name,
                new NodeStatus(
                        name,
                        id(node),
                        5000,
                        List.of(link(3, 0)),
                        List.of(link(2, 7)),
                        List.of(FakeContainer.slot(0, "serving", 0)),
                        List.of(),
                        Map.of(),
                        new PauseStatus(0, 0, 0, 0),
                        Emulation.NONE.changed(json(EMULATED)),
                        rates,
                        List.of(new SessionStatus(5, ids(from), ids(to), rates))));
    }

    private static LinkStatus link(int peer, int lost) {
        return new LinkStatus(
                id(peer),
                "open",
                12_345,
                123_456_789,
                33,
                40_000,
                2_000,
                List.of(5, 6),
                12_300_000,
                900,
                850,
                800,
                100,
                lost,
                100,
                0);
    }

    @Test
    void bandwidthShowsWhatHolds() {
        assertThat(typing.type("bandwidth a").lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "traffic cap latency jitter loss",
                        "total 1.5 MB/s",
                        "in off",
                        "out off",
                        "to 127.0.0.1:7012 400.0 kB/s 20 ms 0.5 ms 1 %",
                        "from 127.0.0.1:7013 100.0 kB/s",
                        "metered over 50 ms, seed 0");
        assertThat(typing.type("bandwidth plain").lines()).hasSize(5);
        assertThat(fake.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "--out 400K | {'out':400000}",
                "--total off --in 1.5M --out 250000 | {'total':null,'in':1500000,'out':250000}",
                "--in 2.5kB/s --metering 20ms --seed -3 | {'in':2500,'meteringMillis':20,'seed':-3}",
                "--to b --rate 1M | {'links':[{'bytesPerSecond':1000000,'to':'127.0.0.1:7012'}]}",
                "--to 127.0.0.1:7019 --rate off --latency 0.5ms --jitter 0ms --loss 0.01 |"
                        + " {'links':[{'bytesPerSecond':null,'latencyMillis':0.5,'jitterMillis':0,'loss':0.01,'to':'127.0.0.1:7019'}]}",
                "--from c --rate 100K | {'links':[{'bytesPerSecond':100000,'from':'127.0.0.1:7013'}]}",
                "--to b --latency 1.5s --loss 0.001 | {'links':[{'latencyMillis':1500,'loss':0.001,'to':'127.0.0.1:7012'}]}"
            })
    void bandwidthChangesWhatItNamesAndShowsWhatHoldsThen(String options, String change) {
        Emulation wanted = fake.nodes.get("a").emulation().changed(json(change));
        assertThat(typing.type("bandwidth a " + options)).contains("metered over");
        assertThat(fake.asked).singleElement().asString().startsWith("emulate a ");
        JsonObject asked = json(fake.asked.getFirst().substring("emulate a ".length()));
        assertThat(fake.nodes.get("a").emulation().changed(asked)).isEqualTo(wanted);
        assertThat(asked.keySet()).isEqualTo(json(change).keySet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bandwidth a --out fast | a rate is bytes per second, as 250000, 400K or 1.5M, or off, not 'fast'",
                "bandwidth a --out 400k1 | a rate is bytes per second, as 250000, 400K or 1.5M, or off, not '400k1'",
                "bandwidth a --out -5 | a rate is bytes per second, as 250000, 400K or 1.5M, or off, not '-5'",
                "bandwidth a --out 0 | a node's out is 100 to 1000000000000 whole bytes per second, or off (null), not '0'",
                "bandwidth a --out 99.5K1 | a rate is bytes per second, as 250000, 400K or 1.5M, or off, not '99.5K1'",
                "bandwidth a --metering 50 | a short time is a number and ms or s, as 20ms or 0.5ms, not '50'",
                "bandwidth a --metering 2s | a metering interval has 1 to 1000 ms, not '2000'",
                "bandwidth a --rate 400K | --rate, --latency, --jitter and --loss are of a link: name it with --to PEER or --from PEER",
                "bandwidth a --to b | a link is named, but nothing of it: give --rate, --latency, --jitter or --loss",
                "bandwidth a --to b --from c --rate 1M | one link at a time: --to or --from, not both",
                "bandwidth a --to b --loss 2 | a loss is 0 to 1, not '2'",
                "bandwidth a --to b --loss much | a part is a number from 0 to 1, as 0.01, not 'much'",
                "bandwidth a --from c --latency 5ms | latency, jitter and loss belong to a link 'to' a neighbour, not 'from' 127.0.0.1:7013",
                "bandwidth a --to x --rate 1M | there is no node 'x'; there are: a, b, c, d, plain; elsewhere it is named by its address, as 127.0.0.1:7001",
                "bandwidth a --to 127.0.0.1:x --rate 1M | in a node, 'x' must be 0 to 65535: '127.0.0.1:x'",
                "bandwidth n9 | there is no node 'n9'; there are: a, b, c, d, plain",
                "measure a 127.0.0.1:9 | from a to 127.0.0.1:9 nothing was measured: 127.0.0.1:9 gave no answer",
                "weights a b | an upstream is named, but not its weight: 1 to 1000",
                "weights a b 5 --app x | an application's id is 0 to 4294967295, not 'x'",
                "join plain 8 | node 'plain' has no slot that serves application 8, and nobody was told",
                "join a 0 | an application's id is 1 to 4294967295, not '0'",
                "join a 5 --settings x | settings are a JSON object, not 'x'",
                "terminate a --app 7 | node 'a' has no application 7",
                "topology x | an application's id is 1 to 4294967295, not 'x'",
                "create x --inactivity 1ms | an inactivity time is 200 to 600000 ms, not '1'",
                "create x --emulation '{\"out\":0}' | a node's out is 100 to 1000000000000 whole bytes per second, or off (null), not '0'"
            })
    void whatIsWrongIsOneSentence(String line, String sentence) {
        assertThat(typing.typeWrong(line)).isEqualTo(sentence);
        assertThat(fake.created).isEmpty();
        assertThat(fake.nodes).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"weights a b x, 'x'", "bandwidth a --seed 1.5, '1.5'"})
    void wrongArgumentsAreASentenceWithWhatItTakes(String line, String part) {
        assertThat(typing.typeWrong(line)).contains(part, "It is: overlay:").hasLineCount(1);
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void weightsShowsWhatWasSet() {
        assertThat(typing.type("weights a").strip()).isEqualTo("at node 'a' all upstreams have the weight 1");
        NodeStatus a = fake.nodes.get("a");
        fake.nodes.put(
                "a",
                new NodeStatus(
                        "a",
                        a.id(),
                        5000,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        a.pauses(),
                        a.emulation(),
                        a.rates(),
                        List.of(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new WeightStatus(0, id(2), 5), new WeightStatus(-1, id(3), 70))));
        List<String> table =
                List.of("upstream application weight", "127.0.0.1:7012 all 5", "127.0.0.1:7013 4294967295 70");
        assertThat(typing.type("weights a").lines().map(line -> line.strip().replaceAll(" +", " ")))
                .isEqualTo(table);
        assertThat(typing.type("status a").lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsSubsequence(table);
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void weightsNameTheUpstream() {
        assertThat(typing.type("weights a b 30").strip()).isEqualTo("127.0.0.1:7012 has the weight 30 at a");
        assertThat(typing.type("weights a a 2 --app 5").strip())
                .isEqualTo("127.0.0.1:7011 has the weight 2 at a for application 5");
        assertThat(fake.asked).containsExactly("weigh a 0 127.0.0.1:7012 30", "weigh a 5 127.0.0.1:7011 2");
    }

    @Test
    void aMeasurementIsASentence() {
        assertThat(typing.type("measure b plain --bandwidth").strip())
                .isEqualTo("to 127.0.0.1:7001: round trip 0.85 ms, available 2.0 MB/s");
        assertThat(fake.asked).containsExactly("measure b 127.0.0.1:7001 true");
    }

    @Test
    void linksShowRateRoundTripCapAndLosses() {
        assertThat(typing.type("links a").lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "link neighbour state rate rtt cap lost queued unacked messages bytes control applications",
                        "up 127.0.0.1:7013 open 12.3 MB/s 0.85 ms 100.0 kB/s 40.0 kB 12345 123.5 MB 33 5 6",
                        "down 127.0.0.1:7012 open 12.3 MB/s 0.85 ms 400.0 kB/s 7 40.0 kB 2.0 kB 12345 123.5 MB 33 5 6");
    }

    @Test
    void linksFit80ColumnsWithoutTheirTotals() {
        Look narrow = new Look(80, true, false, true);
        List<String> lines = LinksCommand.table(fake.nodes.get("a"), narrow).lines(narrow);
        assertThat(lines).allMatch(line -> line.length() <= 80).noneMatch(line -> line.contains("…"));
        assertThat(lines.getFirst()).endsWith("queued");
    }

    @Test
    void statusShowsRatesCapsAndSessions() {
        assertThat(typing.type("status a"))
                .contains(
                        "in 100.0 kB/s, out 200.0 kB/s",
                        "capped: total 1.5 MB/s, 2 links emulated",
                        "session",
                        "127.0.0.1:7012 127.0.0.1:7013");
        assertThat(typing.type("status plain")).contains("in 0 B/s, out 0 B/s").doesNotContain("capped", "session");
    }

    @Test
    void aTopologyIsATreeFromEachSource() {
        assertThat(typing.type("topology 5").lines())
                .containsExactly(
                        "application 5: 6 nodes",
                        "a  source  in 100.0 kB/s  out 200.0 kB/s",
                        "├─ b  sink  in 100.0 kB/s  out 200.0 kB/s",
                        "└─ c  in 100.0 kB/s  out 200.0 kB/s",
                        "   └─ d  in 100.0 kB/s  out 200.0 kB/s",
                        "      ├─ b  sink  in 100.0 kB/s  out 200.0 kB/s  ^",
                        "      └─ 127.0.0.1:7018",
                        "127.0.0.1:7019",
                        "└─ d  in 100.0 kB/s  out 200.0 kB/s  ^");
        assertThat(typing.type("topology")).isEqualTo(typing.type("topology 5"));
    }

    @Test
    void aCircleIsShownOnce() {
        add("a", 1, List.of(2), List.of(2));
        add("b", 2, List.of(1), List.of(1));
        List.of("c", "d").forEach(fake.nodes::remove);
        assertThat(typing.type("topology 5").lines().map(line -> line.replaceAll(" +in .*/s", "")))
                .containsExactly("application 5: 2 nodes", "a", "└─ b", "   └─ a  ^");
    }

    @Test
    void anIdleOrUnknownApplicationIsAnEmptyTopology() throws Exception {
        assertThat(typing.type("topology 99").strip()).isEqualTo("application 99: no data passes");
        assertThat((List<?>) typing.session.execute("topology 99")).isEmpty();
        Object hops = typing.session.execute("topology 5");
        assertThat((List<?>) hops).anyMatch(new Hop(5, id(1), id(2))::equals);
        fake.nodes.clear();
        assertThat(typing.type("topology").strip()).isEqualTo("no data passes");
    }

    @Test
    void aLongChainIsShownDownToABound() {
        fake.nodes.clear();
        for (int node = 1; node <= 1000; node++) {
            NodeId self = NodeId.parse("127.0.0.1:" + (10_000 + node));
            NodeId next = NodeId.parse("127.0.0.1:" + (10_001 + node));
            fake.nodes.put(
                    "n" + node,
                    new NodeStatus(
                            "n" + node,
                            self,
                            0,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            Map.of(),
                            new PauseStatus(0, 0, 0, 0),
                            Emulation.NONE,
                            RateStatus.NONE,
                            List.of(new SessionStatus(5, List.of(), List.of(next), RateStatus.NONE))));
        }
        assertThat(typing.type("topology 5").lines())
                .anyMatch(line -> line.endsWith("n201  ..."))
                .hasSizeLessThan(1100);
    }

    @Test
    void nodesJoinAndLeaveByAMessageToTheSlotThatServes() {
        assertThat(typing.type("join a,b 5 --settings '{\"rate\":1}'").strip()).isEqualTo("told: a, b");
        assertThat(typing.type("leave plain 7").strip()).isEqualTo("told: plain");
        assertThat(fake.asked)
                .containsExactly(
                        "tell a 0x8002 5 127.0.0.1:7011 {\"rate\":1}",
                        "tell b 0x8002 5 127.0.0.1:7012 {\"rate\":1}",
                        "tell plain 0x8003 7 " + FakeContainer.ID + " ");
    }

    @Test
    void terminateEndsNodes() {
        assertThat(typing.type("terminate a,b").strip()).isEqualTo("ended: a, b");
        assertThat(fake.nodes).containsOnlyKeys("c", "d", "plain");
    }

    @Test
    void createTakesANetworkToBelieveIn() {
        typing.type("create x --emulation '{\"out\": 400000}' --inactivity 2s");
        assertThat(fake.created).singleElement().satisfies(spec -> {
            assertThat(spec.emulation().out()).hasValue(400_000);
            assertThat(spec.inactivityMillis()).isEqualTo(2000);
        });
    }

    @Test
    void helpExplainsRates() {
        assertThat(typing.type("bandwidth --help")).contains("RATE", "400K");
        assertThat(Arrays.asList("weights", "measure", "topology", "join", "leave", "terminate"))
                .allMatch(name -> typing.type("help " + name).startsWith("Usage: overlay:" + name));
        assertThat(typing.err.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
