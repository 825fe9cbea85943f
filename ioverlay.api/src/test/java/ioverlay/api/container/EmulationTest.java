package ioverlay.api.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.api.container.LinkEmulation.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulationTest {
    private static final NodeId B = NodeId.parse("127.0.0.1:7001");

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    private static Emulation after(String... changes) {
        Emulation emulation = Emulation.NONE;
        for (String change : changes) {
            emulation = emulation.changed(json(change));
        }
        return emulation;
    }

    @Test
    void a_change_sets_what_it_names_and_leaves_the_rest() {
        Emulation emulation = after("{'total': 400000, 'meteringMillis': 20}", "{'in': 100, 'seed': -7}");
        assertThat(emulation)
                .isEqualTo(new Emulation(
                        OptionalLong.of(400_000), OptionalLong.of(100), OptionalLong.empty(), 20, -7, List.of()));
    }

    @Test
    void null_takes_away() {
        assertThat(after(
                        "{'total':400000,'in':100,'out':1e12,'meteringMillis':20,'seed':1,'links':[{'to':'127.0.0.1:7001','loss':1}]}",
                        "{'total':null,'in':null,'out':null,'meteringMillis':null,'seed':null,'links':null}"))
                .isEqualTo(Emulation.NONE);
    }

    @Test
    void link_entries_are_merged_by_direction_and_neighbour() {
        assertThat(after(
                                "{'links':[{'to':'127.0.0.1:7001','bytesPerSecond':2e5},{'from':'127.0.0.1:7001','bytesPerSecond':300000}]}",
                                "{'links':[{'to':'127.0.0.1:7001','latencyMillis':20,'jitterMillis':0.5,'loss':0.01}]}")
                        .links())
                .containsExactly(
                        new LinkEmulation(Way.TO, B, OptionalLong.of(200_000), 20_000, 500, 0.01),
                        new LinkEmulation(Way.FROM, B, OptionalLong.of(300_000), 0, 0, 0));
    }

    @Test
    void an_entry_that_says_nothing_any_more_is_gone() {
        assertThat(after(
                        "{'links':[{'to':'127.0.0.1:7001','bytesPerSecond':200000,'loss':0.5}]}",
                        "{'links':[{'to':'127.0.0.1:7001','bytesPerSecond':null}]}",
                        "{'links':[{'to':'127.0.0.1:7001','loss':0}]}"))
                .isEqualTo(Emulation.NONE);
        assertThat(after("{'links':[{'to':'127.0.0.1:7001'}]}")).isEqualTo(Emulation.NONE);
    }

    @Test
    void without_latency_there_is_no_jitter() {
        String both = "{'links':[{'to':'127.0.0.1:7001','latencyMillis':20,'jitterMillis':5}]}";
        assertThat(after(both, "{'links':[{'to':'127.0.0.1:7001','latencyMillis':null}]}"))
                .isEqualTo(Emulation.NONE);
        assertThatThrownBy(() -> after(both, "{'links':[{'to':'127.0.0.1:7001','latencyMillis':4}]}"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("a jitter is 0 ms to the latency, not '5.0'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'total': 0} | a node's total is 100 to 1000000000000 whole bytes per second, or off (null), not '0'",
                "{'in': -1} | a node's in is 100 to 1000000000000 whole bytes per second, or off (null), not '-1'",
                "{'out': 99} | a node's out is 100 to 1000000000000 whole bytes per second, or off (null), not '99'",
                "{'out': 1000000000001} | a node's out is 100 to 1000000000000 whole bytes per second, or off (null), not '1000000000001'",
                "{'out': 9223372036854775808} | not '9223372036854775808'",
                "{'out': 18446744073709551716} | not '18446744073709551716'",
                "{'out': 1e400} | not '1e400'",
                "{'out': 1e999999999} | not '1e999999999'",
                "{'out': 1e-999999999} | not '1e-999999999'",
                "{'out': 1e99999999999} | not '1e99999999999'",
                "{'out': 1000.5} | not '1000.5'",
                "{'out': NaN} | not 'NaN'",
                "{'out': '400000'} | not '400000'",
                "{'out': 'fast'} | not 'fast'",
                "{'out': true} | not 'true'",
                "{'out': [1000]} | not '[1000]'",
                "{'meteringMillis': 0} | a metering interval has 1 to 1000 ms, not '0'",
                "{'meteringMillis': 4294967297} | a metering interval has 1 to 1000 ms, not '4294967297'",
                "{'meteringMillis': 2.5} | a metering interval has 1 to 1000 ms, not '2.5'",
                "{'seed': 1.5} | a seed is a whole number of 64 bits, not '1.5'",
                "{'rate': 5} | an emulation has total, in, out, meteringMillis, seed, links, but no 'rate'",
                "{'links': {}} | an emulation's links are a list, not '{}'",
                "{'links': [5]} | each of an emulation's links is an object, not '5'",
                "{'links': [{'loss': 1}]} | a link of an emulation is either 'to' or 'from' a neighbour, not '{~loss~:1}'",
                "{'links': [{'to':'127.0.0.1:1','from':'127.0.0.1:1'}]} | a link of an emulation is either 'to' or 'from' a neighbour",
                "{'links': [{'to':'b'}]} | a node is written as IPv4:port, for example 127.0.0.1:7000, not 'b'",
                "{'links': [{'to':7001}]} | a link's neighbour is a node as ~127.0.0.1:7000~, not '7001'",
                "{'links': [{'to':'127.0.0.1:1','rate':5}]} | a link of an emulation has to, from, bytesPerSecond, latencyMillis, jitterMillis, loss, but no 'rate'",
                "{'links': [{'to':'127.0.0.1:1','bytesPerSecond':0}]} | a link's cap is 100 to 1000000000000 whole bytes per second, or off (null), not '0'",
                "{'links': [{'to':'127.0.0.1:1','latencyMillis':-1}]} | a latency is 0 to 60000 ms, not '-1'",
                "{'links': [{'to':'127.0.0.1:1','latencyMillis':60000.001}]} | a latency is 0 to 60000 ms, not '60000.001'",
                "{'links': [{'to':'127.0.0.1:1','latencyMillis':1e400}]} | a latency is 0 to 60000 ms, not '1e400'",
                "{'links': [{'to':'127.0.0.1:1','latencyMillis':'5'}]} | a latency is 0 to 60000 ms, not '5'",
                "{'links': [{'to':'127.0.0.1:1','jitterMillis':1}]} | a jitter is 0 ms to the latency, not '1.0'",
                "{'links': [{'to':'127.0.0.1:1','jitterMillis':NaN}]} | a jitter is 0 ms to the latency, not 'NaN'",
                "{'links': [{'to':'127.0.0.1:1','loss':1.01}]} | a loss is 0 to 1, not '1.01'",
                "{'links': [{'to':'127.0.0.1:1','loss':-0.1}]} | a loss is 0 to 1, not '-0.1'",
                "{'links': [{'from':'127.0.0.1:1','loss':0.1}]} | latency, jitter and loss belong to a link 'to' a neighbour, not 'from' 127.0.0.1:1",
                "{'links': [{'to':'127.0.0.1:1','loss':1},{'to':'127.0.0.1:1'}]} | an emulation has each link once, but 'to' 127.0.0.1:1 twice"
            })
    void what_is_wrong_is_a_sentence_with_rule_and_value(String change, String part) {
        assertThatThrownBy(() -> after(change))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(part.replace('~', '"'));
    }

    @Test
    void a_program_cannot_hand_in_what_is_no_number_either() {
        JsonObject change = new JsonObject();
        change.add("total", new JsonPrimitive(Double.NaN));
        assertThatThrownBy(() -> Emulation.NONE.changed(change)).hasMessageContaining("not 'NaN'");
        assertThatThrownBy(() -> new LinkEmulation(Way.TO, B, OptionalLong.empty(), 0, 0, Double.NaN))
                .hasMessage("a loss is 0 to 1, not 'NaN'");
        assertThatThrownBy(() -> new LinkEmulation(Way.TO, B, OptionalLong.of(0), 0, 0, 0))
                .hasMessageContaining("not '0'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'out': %s}", "{'out': '%s'}", "{'%s': 1}", "{'links': [{'to': '%s'}]}", "{'links': '%s'}"})
    void what_is_long_is_not_repeated_whole(String change) {
        String digits = "9".repeat(50_000);
        assertThatThrownBy(() -> after(change.formatted(digits)))
                .isInstanceOf(RefusedException.class)
                .message()
                .hasSizeLessThan(250);
    }

    private static List<LinkEmulation> links(int count, Way way) {
        return IntStream.range(0, count)
                .mapToObj(port ->
                        new LinkEmulation(way, NodeId.parse("127.0.0.1:" + (port + 1)), OptionalLong.of(1000), 0, 0, 0))
                .toList();
    }

    @Test
    void a_node_emulates_a_bounded_number_of_links() {
        List<LinkEmulation> most = new ArrayList<>(links(4096, Way.TO));
        most.addAll(links(4096, Way.FROM));
        assertThat(with(most).links()).hasSize(Emulation.MOST_LINKS);
        most.add(new LinkEmulation(Way.TO, NodeId.parse("127.0.0.2:1"), OptionalLong.of(1000), 0, 0, 0));
        assertThatThrownBy(() -> with(most))
                .hasMessage("a node emulates at most 8192 links, each direction counted, not 8193");
    }

    private static Emulation with(List<LinkEmulation> links) {
        return new Emulation(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 50, 0, links);
    }

    @Test
    void an_emulation_has_each_link_once() {
        LinkEmulation one = links(1, Way.TO).getFirst();
        assertThatThrownBy(() -> with(List.of(one, one)))
                .hasMessage("an emulation has each link once, but 'to' 127.0.0.1:1 twice");
    }

    @Test
    void a_live_change_names_links_that_are_there_or_emulated() {
        Emulation emulation = after("{'links':[{'to':'127.0.0.1:7001','loss':1}]}");
        assertThat(emulation
                        .changed(json("{'links':[{'to':'127.0.0.1:7001','loss':0}]}"), (way, peer) -> false)
                        .links())
                .isEmpty();
        JsonObject from = json("{'links':[{'from':'127.0.0.1:7001','bytesPerSecond':1000}]}");
        assertThat(emulation
                        .changed(from, (way, peer) -> way == Way.FROM && peer.equals(B))
                        .links())
                .hasSize(2);
        assertThatThrownBy(() -> emulation.changed(from, (way, peer) -> way == Way.TO))
                .hasMessage("there is no link from 127.0.0.1:7001 to emulate: a live change names links that are there,"
                        + " or are emulated already");
    }

    @Test
    void any_emulation_as_text_and_read_again_is_the_same() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (int round = 0; round < 2000; round++) {
            Emulation emulation = any(random);
            JsonObject read = json(emulation.toJson().toString());
            assertThat(Emulation.NONE.changed(read)).isEqualTo(emulation);
            assertThat(emulation.changed(read)).as("a second time").isEqualTo(emulation);
        }
    }

    @Test
    void the_examples_of_the_manual_are_read() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "emulation.md"));
        List<JsonObject> examples = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> json(found.group(1)))
                .toList();
        assertThat(examples).hasSize(2);
        Emulation first = Emulation.NONE.changed(examples.get(0));
        assertThat(json(first.toJson().toString()).keySet())
                .as("says all that can be said")
                .isEqualTo(examples.get(0).keySet());
        assertThat(first.links())
                .containsExactly(
                        new LinkEmulation(Way.TO, B, OptionalLong.of(200_000), 20_000, 5_000, 0.01),
                        new LinkEmulation(Way.FROM, NodeId.parse("127.0.0.1:7002"), OptionalLong.of(400_000), 0, 0, 0));
        Emulation second = first.changed(examples.get(1));
        assertThat(second.in()).isEmpty();
        assertThat(second.total()).isEqualTo(first.total());
        assertThat(second.links())
                .containsExactly(
                        new LinkEmulation(Way.TO, B, OptionalLong.of(200_000), 40_000, 5_000, 0),
                        first.links().get(1));
    }

    private static Emulation any(SplittableRandom random) {
        List<LinkEmulation> links = new ArrayList<>();
        for (int port = 1; port <= random.nextInt(6); port++) {
            Way way = random.nextBoolean() ? Way.TO : Way.FROM;
            long latency = way == Way.TO ? random.nextLong(LinkEmulation.MOST_LATENCY_MICROS + 1) : 0;
            links.add(new LinkEmulation(
                    way,
                    NodeId.parse("10.0.0.1:" + port),
                    rate(random),
                    latency,
                    random.nextLong(latency + 1),
                    way == Way.TO ? random.nextDouble() : 0));
        }
        return new Emulation(
                rate(random), rate(random), rate(random), random.nextInt(1, 1001), random.nextLong(), links);
    }

    private static OptionalLong rate(SplittableRandom random) {
        long most = random.nextBoolean() ? 100_000 : LinkEmulation.MOST_RATE;
        return random.nextInt(3) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(random.nextLong(LinkEmulation.LEAST_RATE, most + 1));
    }
}
