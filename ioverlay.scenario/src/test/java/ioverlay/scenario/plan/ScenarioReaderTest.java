package ioverlay.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ioverlay.api.container.RefusedException;
import ioverlay.scenario.plan.Measure.Gather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario file is read whole, or every mistake in it is said with its place. */
class ScenarioReaderTest {
    private static final Path FILE = Path.of("some.json");
    private static final Offers OFFERS =
            new Offers(Set.of("relay", "tree.stress"), Set.of("source.cbr", "sink.counting"));

    private static Scenario read(String text) {
        return read(text, Map.of());
    }

    private static Scenario read(String text, Map<String, String> set) {
        return ScenarioReader.read(
                FILE, text, new Given(set, OptionalLong.empty(), Optional.empty()), (observer, bundles) -> OFFERS);
    }

    private static Scenario seeded(String text, long seed) {
        Given given = new Given(Map.of(), OptionalLong.of(seed), Optional.empty());
        return ScenarioReader.read(FILE, text, given, (observer, bundles) -> OFFERS);
    }

    /** A scenario of three relays in a row, with these members besides. */
    private static String chain(String members) {
        return """
                // a comment
                {"seconds": 10, "variables": {"rate": "100 KB/s", "many": 3},
                 "nodes": [{"name": "n", "count": "${many}", "bandwidth": {"in": "${rate}"},
                            "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${next}"]}}}}]%s}
                """.formatted(members.isEmpty() ? "" : ",\n" + members);
    }

    @Test
    void a_group_has_its_nodes_in_a_row_each_with_the_next_one() {
        Scenario scenario = read(chain(""));

        assertThat(scenario.name()).isEqualTo("some");
        assertThat(scenario.nodes()).extracting(PlannedNode::name).containsExactly("n1", "n2", "n3");
        assertThat(scenario.nodes())
                .extracting(node -> node.slots().get(1).settings().toString())
                .containsExactly("{\"next\":[\"${n2}\"]}", "{\"next\":[\"${n3}\"]}", "{\"next\":[]}");
        assertThat(scenario.nodes().getFirst().emulation().get("in").getAsLong())
                .isEqualTo(100_000);
    }

    @Test
    void a_variable_is_replaced_from_outside() {
        Scenario scenario = read(chain(""), Map.of("many", "5", "rate", "1.5 MBps"));

        assertThat(scenario.nodes()).hasSize(5);
        assertThat(scenario.nodes().getFirst().emulation().get("in").getAsLong())
                .isEqualTo(1_500_000);
        assertThat(scenario.variables()).hasToString("{\"rate\":\"1.5 MBps\",\"many\":5}");
    }

    @Test
    void what_is_drawn_depends_on_the_seed_alone() {
        String text = """
                {"seconds": 1, "nodes": [{"name": "n", "count": 20, "bandwidth": {"total": {"uniform": ["50 KB/s", "200 KB/s"]}}}],
                 "groups": {"gone": {"of": "n", "share": "30 %"}, "others": {"of": "n", "count": 5, "except": "gone"}}}
                """;
        Scenario one = seeded(text, 4);
        Scenario same = seeded(text, 4);
        Scenario other = seeded(text, 5);

        assertThat(one.nodes()).isEqualTo(same.nodes());
        assertThat(one.groups()).isEqualTo(same.groups());
        assertThat(other.groups().get("gone")).isNotEqualTo(one.groups().get("gone"));
        assertThat(one.groups().get("gone"))
                .hasSize(6)
                .doesNotContainAnyElementsOf(one.groups().get("others"));
        assertThat(one.nodes())
                .extracting(node -> node.emulation().get("total").getAsLong())
                .allMatch(rate -> rate >= 50_000 && rate <= 200_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_reference_may_be_to_each_of_another_group_in_turn() {
        Scenario scenario = read("""
                {"seconds": 1, "nodes": [{"name": "p", "count": 2},
                  {"name": "n", "count": 3, "slots": {"1": {"algorithm": "relay", "settings": {"probe": "${p:each}"}}}}]}
                """);

        assertThat(scenario.nodes().subList(2, 5))
                .extracting(node -> node.slots().get(1).settings().toString())
                .containsExactly("{\"probe\":\"${p1}\"}", "{\"probe\":\"${p2}\"}", "{\"probe\":\"${p1}\"}");
    }

    @Test
    void an_entry_takes_its_groups_by_turns() {
        Scenario scenario = read("""
                {"seconds": 1, "nodes": [{"name": "a", "count": 3, "slots": {"1": "relay"}}, {"name": "b", "count": 2, "slots": {"1": "relay"}}],
                 "timeline": [{"at": 0, "do": "join", "nodes": ["a", "b"], "turns": true, "spacing": 0.1, "application": 1}]}
                """);

        assertThat(scenario.steps().getFirst().acts())
                .extracting(act -> act.node() + " " + Math.round(act.delay() * 10))
                .containsExactly("a1 0", "b1 1", "a2 2", "b2 3", "a3 4");
    }

    @Test
    void an_entry_is_resolved_for_each_of_its_nodes() {
        Scenario scenario = read(chain("""
                "timeline": [{"at": 1, "do": "join", "nodes": ["n3", "n1", "n2"], "spacing": 0.5, "application": 1,
                              "settings": {"hosts": ["${before}"], "me": "${self}"}}]"""));

        assertThat(scenario.steps().getFirst().acts())
                .extracting(act ->
                        act.node() + " " + act.delay() + " " + act.arguments().get("settings"))
                .containsExactly(
                        "n3 0.0 {\"hosts\":[],\"me\":\"${n3}\"}",
                        "n1 0.5 {\"hosts\":[\"${n3}\"],\"me\":\"${n1}\"}",
                        "n2 1.0 {\"hosts\":[\"${n3}\",\"${n1}\"],\"me\":\"${n2}\"}");
    }

    @Test
    void a_reference_becomes_an_address_when_that_is_known() {
        Scenario scenario = read(chain(""));

        assertThat(References.resolved(
                        scenario.nodes().getFirst().slots().get(1).settings(), Map.of("n2", "127.0.0.1:7002")))
                .hasToString("{\"next\":[\"127.0.0.1:7002\"]}");
    }

    @Test
    void an_assertion_has_a_window_and_an_expectation() {
        Scenario scenario = read(chain("""
                "timeline": [{"at": 2, "do": "fail", "node": "n2", "mark": "dead"}],
                "assert": [{"name": "a", "measure": "throughput", "nodes": "n", "from": "dead+1", "to": "end", "atLeast": "50 KB/s", "tolerance": "3 %"}]"""));

        Assertion assertion = scenario.assertions().getFirst();
        assertThat(assertion.measure().from()).isEqualTo(new Moment("dead", 1));
        assertThat(assertion.measure().gather()).isEqualTo(Gather.EACH);
        assertThat(assertion.bound().orElseThrow().value().getAsDouble()).isEqualTo(50_000);
        assertThat(assertion.bound().orElseThrow().tolerance()).isEqualTo(0.03);
    }

    @Test
    void two_distributions_that_say_the_same_draw_give_the_same_values() {
        Scenario scenario = read("""
                {"seconds": 1, "nodes": [
                  {"name": "a", "count": 5, "bandwidth": {"total": {"uniform": ["50 KB/s", "200 KB/s"], "draw": "one"}}},
                  {"name": "b", "count": 5, "bandwidth": {"total": {"uniform": ["50 KB/s", "200 KB/s"], "draw": "one"}}},
                  {"name": "c", "count": 5, "bandwidth": {"total": {"uniform": ["50 KB/s", "200 KB/s"]}}}]}
                """);
        List<Long> totals = scenario.nodes().stream()
                .map(node -> node.emulation().get("total").getAsLong())
                .toList();

        assertThat(totals.subList(0, 5)).isEqualTo(totals.subList(5, 10)).isNotEqualTo(totals.subList(10, 15));
    }

    @Test
    void a_plot_has_a_curve_for_each_name_of_nodes_and_lines_that_may_be_measured() {
        Scenario scenario = read(chain("""
                "groups": {"few": ["n1", "n2"], "one": "n3"},
                "plots": [{"title": "stress", "kind": "cdf", "measure": "degree", "over": {"measure": "status", "pointer": "/emulation/in"},
                           "times": 100000, "unit": "per 100 KB/s",
                           "series": {"both": ["few", "one"], "all": "all"},
                           "lines": [{"name": "ideal", "measure": "degree", "gather": "sum", "over": {"measure": "status", "pointer": "/emulation/in"}},
                                     {"name": "said", "value": 1.6}]}]"""));

        Plot plot = scenario.plots().getFirst();
        assertThat(plot.curves())
                .extracting(curve -> curve.name() + " " + curve.spots().size())
                .containsExactly("both 2", "both 1", "all 3");
        Measure one = plot.curves().getFirst().spots().getFirst().measure().orElseThrow();
        assertThat(one.nodes()).containsExactly("n1");
        assertThat(one.divisor().orElseThrow().nodes()).containsExactly("n1");
        Measure ideal = plot.lines().getFirst().measure().orElseThrow();
        assertThat(ideal.nodes()).hasSize(3);
        assertThat(ideal.divisor().orElseThrow().gather()).isEqualTo(Gather.SUM);
        assertThat(plot.lines().getLast().value()).isEqualTo(1.6);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"title": "a", "kind": "pie", "measure": "in", "series": {"a": "all"}}  | a plot's kind is one of sorted, cdf, points
            {"title": "a", "kind": "cdf", "measure": "in"}                          | a plot needs 'series'
            {"title": "a", "kind": "cdf", "measure": "in", "series": {}}            | at least one
            {"title": "a", "kind": "cdf", "measure": "in", "series": {"a": "m"}}    | there is no node or group 'm'
            {"title": "a", "kind": "points", "series": {"a": [{"x": 1, "figure": "f"}]}} | there is no figure 'f'
            {"title": "a", "kind": "points", "series": {"a": "n1"}}                 | points are a list
            {"title": "a", "kind": "sorted", "measure": "in", "series": {"a": "all"}, "lines": [{"nam": "x", "value": 1}]} | here is 'nam'
            {"title": "a", "kind": "sorted", "measure": "in", "over": {"measure": "out", "over": {"measure": "in"}}, "series": {"a": "all"}} | but no 'over'
            """)
    void a_wrong_plot_is_said(String plot, String sentence) {
        assertThatThrownBy(() -> read(chain("\"plots\": [" + plot + "]")))
                .isInstanceOf(RefusedException.class)
                .message()
                .contains("$.plots[0]")
                .contains(sentence);
    }

    @Test
    void a_change_of_the_network_has_rates_with_units_and_neighbours_by_name() {
        Scenario scenario = read(chain("""
                "timeline": [{"at": 2, "do": "emulate", "node": "n1", "change": {"out": "800 kbit/s", "in": null, "links": [{"to": "n2", "latencyMillis": 20}]}}]"""));

        assertThat(scenario.steps().getFirst().acts().getFirst().arguments().get("change"))
                .hasToString("{\"out\":100000,\"in\":null,\"links\":[{\"to\":\"${n2}\",\"latencyMillis\":20}]}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"seconds": 10 "nodes": []}                                         | 1:16: $.seconds: this is no JSON
            {"seconds": 1, "seconds": 2}                                        | 1:16: $.seconds: an object has each name once
            [1]                                                                 | 1:1: $: a scenario is an object
            {"nodes": [{"name": "a"}]}                                          | needs 'seconds'
            {"seconds": 0, "nodes": [{"name": "a"}]}                            | 1:13: $.seconds: a scenario takes more than 0
            {"seconds": 1}                                                      | a scenario has 'nodes'
            {"seconds": 1, "nodes": [{"nam": "a"}]}                             | 1:26: $.nodes[0]: a node needs 'name'; here is 'nam'
            {"seconds": 1, "nodes": [{"name": "a", "latencie": 1}]}             | 1:40: $.nodes[0].latencie: a node has
            {"seconds": 1, "nods": [], "nodes": [{"name": "a"}]}                | but no 'nods'; did you mean 'nodes'?
            {"seconds": 1, "nodes": [{"name": "a b"}]}                          | $.nodes[0].name: a node's name has
            {"seconds": 1, "nodes": [{"name": "a"}, {"name": "a"}]}             | 1:50: $.nodes[1].name: nodes and groups have names of their own
            {"seconds": 1, "nodes": [{"name": "a", "count": 0}]}                | a whole number from 1 to 4096, not '0'
            {"seconds": 1, "nodes": [{"name": "a", "bandwidth": {"in": 200}}]}  | 1:60: $.nodes[0].bandwidth.in: a rate is written with its unit
            {"seconds": 1, "nodes": [{"name": "a", "bandwidth": {"in": "200"}}]} | a rate is written with its unit
            {"seconds": 1, "nodes": [{"name": "a", "bandwidth": {"in": "5 Kbps"}}]} | a rate is written with its unit
            {"seconds": 1, "nodes": [{"name": "a", "bandwidth": {"in": "1 B/s"}}]} | a node's in is 100 to
            {"seconds": 1, "nodes": [{"name": "a", "inactivity": 500}]}         | a time is written with its unit
            {"seconds": 1, "nodes": [{"name": "a", "links": [{"to": "b"}]}]}    | there is no node or group 'b'
            {"seconds": 1, "nodes": [{"name": "a"}, {"name": "b", "links": [{"to": "a", "jitter": "5 ms"}]}]} | a jitter is 0 ms to the latency
            {"seconds": 1, "nodes": [{"name": "a", "location": {"latitude": 99, "longitude": 0}}]} | a latitude is -90 to 90
            {"seconds": 1, "nodes": [{"name": "a", "slots": {"1": "rely"}}]}    | did you mean 'relay'?
            {"seconds": 1, "nodes": [{"name": "a", "slots": {"x": "relay"}}]}   | an application's id is a number
            {"seconds": 1, "nodes": [{"name": "a", "applications": {"1": "sink.count"}}]} | did you mean 'sink.counting'?
            {"seconds": 1, "nodes": [{"name": "a", "slots": {"1": {"algorithm": "relay", "versions": "x"}}}]} | a version range of 'relay'
            {"seconds": 1, "nodes": [{"name": "a", "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${bb}"]}}}}]} | there is no 'bb'
            {"seconds": 1, "nodes": [{"name": "a", "host": "h"}]}               | but no 'host'
            {"seconds": 1, "nodes": [{"name": "a", "container": 0}]}            | a whole number from 1 to 1000
            {"seconds": 1, "hosts": [], "nodes": [{"name": "a"}]}               | 'hosts' is an object
            {"seconds": 1, "hosts": {"observr": "x"}, "nodes": [{"name": "a"}]} | 'hosts' needs 'observer'; here is 'observr'
            {"seconds": 1, "hosts": {"observer": "https://x:1/"}, "nodes": [{"name": "a"}]} | an observer is named by the address of its page
            {"seconds": 1, "bundles": ["none.jar"], "nodes": [{"name": "a"}]}   | a bundle is a file
            {"seconds": 1, "nodes": [{"name": "a"}], "groups": {"g": {"of": "a", "except": "a"}}} | nobody is left
            {"seconds": 1, "nodes": [{"name": "a"}], "groups": {"g": []}}       | $.groups.g: nodes are named by a name or a list of at least one
            {"seconds": 1, "nodes": [{"name": "a", "count": 1}], "groups": {"g": "a:rest"}} | a group has at least one node, and 'g' has none
            {"seconds": 1, "nodes": [{"name": "a", "port": 7001}, {"name": "b", "port": 7001}]} | $.nodes[1].port: each node has a port of its own, and 7001 is that of 'a' and 'b'
            {"seconds": 1, "nodes": [{"name": "a"}], "record": {"interval": 0.001}} | at least 0.05 s apart
            {"seconds": 1, "nodes": [{"name": "a"}], "record": {"what": ["sped"]}} | what is measured is one of
            """)
    void a_mistake_is_said_with_its_place(String text, String sentence) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(RefusedException.class)
                .message()
                .startsWith("some.json:1:")
                .contains(sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"at": 1, "do": "swpa", "node": "n1"}                                | did you mean 'swap'?
            {"at": 1, "do": "remove", "node": "n9"}                              | there is no node or group 'n9'; did you mean 'n1'?
            {"at": 1, "do": "remove"}                                            | 'remove' needs 'node' or 'nodes'
            {"do": "remove", "node": "n1"}                                       | says either 'at'
            {"at": 11, "do": "remove", "node": "n1"}                             | the scenario takes 10.0 s
            {"at": -1, "do": "remove", "node": "n1"}                             | a moment of the time line is 0
            {"at": 1, "do": "create", "node": "n1"}                              | this time line is impossible: node 'n1' is there already
            {"at": 1, "do": "stop", "node": "n1", "application": 1}              | impossible: application 1 does not run at node 'n1'
            {"at": 1, "do": "swap", "node": "n1", "application": 1, "algorithm": "tree.stres", "versions": "1"} | did you mean 'tree.stress'?
            {"at": 1, "do": "swap", "node": "n1", "application": 1, "algorithm": "relay", "versions": "1.1..2"} | a version range of 'relay'
            {"at": 1, "do": "swap", "node": "n1", "application": 1, "algorithm": "relay", "versions": "[1.0,2)", "expect": "ok"} | switched, refused or returned
            {"at": 1, "do": "swap", "node": "n3", "application": 1, "algorithm": "relay", "versions": "1", "mayFail": true, "settings": {"next": ["${n2}"]}} | application 1 go in a circle after this entry: n2 → n3 → n2
            {"at": 1, "do": "configure", "node": "n3", "application": 1, "settings": {"next": ["${n1}"]}} | go in a circle after this entry: n1 → n2 → n3 → n1
            {"at": 1, "do": "swap", "node": "n1", "application": 1, "algorithm": "relay", "versions": "1", "expect": "ok"} | switched, refused or returned
            {"at": 1, "do": "swap", "node": "n1", "application": 1, "algorithm": "relay", "versions": "1", "probation": {"secs": 1}} | a probation has seconds
            {"at": 1, "do": "emulate", "node": "n1", "change": {"out": 100000}}  | a rate is written with its unit
            {"at": 1, "do": "emulate", "node": "n1", "change": {"outt": 1}}      | but no 'outt'
            {"at": 1, "do": "weigh", "node": "n1", "application": 1, "upstream": "n2", "weight": 0} | a whole number from 1 to 1000
            {"at": 1, "do": "leave", "node": "n1", "application": 1, "settings": {}} | but no 'settings'
            {"at": 1, "do": "mark", "mark": "end"}                               | a mark is a word of its own
            {"at": 1, "do": "wait", "until": {"measure": "nodes"}}               | one of 'expected', 'atMost' and 'atLeast'
            """)
    void a_wrong_entry_of_the_time_line_is_said(String entry, String sentence) {
        assertThatThrownBy(() -> read(chain("\"timeline\": [" + entry + "]")))
                .isInstanceOf(RefusedException.class)
                .message()
                .contains("$.timeline[0]")
                .contains(sentence);
    }

    @Test
    void a_time_line_out_of_order_or_with_nodes_that_have_gone_is_impossible() {
        assertThatThrownBy(() -> read(chain("""
                "timeline": [{"at": 2, "do": "fail", "node": "n1"},
                             {"at": 1, "do": "mark", "mark": "m"},
                             {"at": 3, "do": "leave", "node": "n1", "application": 1}]""")))
                .message()
                .contains("$.timeline[1].at: the time line is in order, and the entry before is at 2.0 s, not '1'")
                .contains("$.timeline[2]: this time line is impossible: node 'n1' failed before, and cannot leave")
                .hasLineCount(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"name": "a", "measure": "throughputt", "expected": "1 KB/s"}        | did you mean 'throughput'?
            {"name": "a", "measure": "throughput", "expected": 100}              | a rate is written with its unit
            {"name": "a", "measure": "throughput"}                               | not none
            {"name": "a", "measure": "nodes", "expected": 1, "atMost": 2}        | not expected and atMost
            {"name": "a", "measure": "nodes", "from": 5, "to": 4, "expected": 1} | a window begins before it ends
            {"name": "a", "measure": "nodes", "to": 11, "expected": 1}           | this is after its end
            {"name": "a", "measure": "nodes", "to": "later+1", "expected": 1}    | a mark of the time line
            {"name": "a", "measure": "status", "pointer": "slots", "expected": 1} | a JSON pointer begins with a stroke
            {"name": "a", "measure": "edges", "expected": ["n1 > n7"]}           | there is no node 'n7'; did you mean 'n1'?
            {"name": "a", "measure": "count", "expected": 0}                     | needs 'of'
            {"name": "a", "measure": "loops", "application": 99, "expected": 0}  | $.assert[0].application: no node has an application 99; there is 1, 7
            {"name": "a", "measure": "received", "application": 99, "expected": 0} | no node has an application 99
            {"name": "a", "measure": "degree", "application": 2, "node": "n1", "expected": 0} | no node has an application 2
            {"name": "a", "measure": "counter", "of": "messages.losd", "expected": 0} | $.assert[0].of: there is no counter 'messages.losd' in docs/status.md; did you mean 'messages.lost'?
            {"name": "a", "measure": "events", "kind": "nodefaild", "expected": 0} | $.assert[0].kind: there is no kind of event 'nodefaild' in docs/status.md; did you mean 'node.failed'?
            {"name": "a", "measure": "in", "nodes": [], "atLeast": "1 KB/s"}     | a list of at least one
            {"name": "a", "measure": "in", "nodes": ["n1:rest"], "atLeast": "1 KB/s"} | a measurement is of at least one node
            {"name": "a", "measure": "nodes", "expected": 1, "tolerance": -0.5}  | a tolerance is a part of what is expected, as "3 %", or as absolute as 2, and not below 0, not '-0.5'
            {"name": "a", "measure": "in", "expected": "1 KB/s", "tolerance": "ten percent"} | a tolerance is a part of what is expected, as "3 %", or as absolute as "5 KB/s", not 'ten percent'
            {"name": "a", "measure": "in", "from": "late", "to": 2, "atMost": "1 KB/s"} | a window begins before it ends
            {"name": "a", "measure": "in", "from": "late+1", "to": "early+1", "atMost": "1 KB/s"} | a window begins before it ends
            {"name": "a", "measure": "in", "from": "end-1", "to": 8, "atMost": "1 KB/s"} | a window begins before it ends
            {"name": "a", "measure": "in", "gather": "meen", "expected": "1 KB/s"} | did you mean 'mean'?
            """)
    void a_wrong_assertion_is_said(String assertion, String sentence) {
        String timeLine = """
                "timeline": [{"at": 1, "do": "start", "node": "n1", "application": 7, "type": "sink.counting", "mark": "early"},
                             {"at": 3, "do": "mark", "mark": "late"}],
                """;
        assertThatThrownBy(() -> read(chain(timeLine + "\"assert\": [" + assertion + "]")))
                .isInstanceOf(RefusedException.class)
                .message()
                .contains("$.assert[0]")
                .contains(sentence);
    }

    @Test
    void next_hops_in_a_circle_are_refused() {
        String text = """
                {"seconds": 1, "nodes": [
                  {"name": "a", "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${b}"]}}}},
                  {"name": "b", "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${c}"]}}}},
                  {"name": "c", "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${b}"]}}}}]}
                """;
        assertThatThrownBy(() -> read(text)).message().contains("go in a circle: b → c → b");
    }

    @Test
    void next_hops_that_follow_each_other_on_the_time_line_are_no_circle() {
        String turns = """
                "timeline": [{"at": 1, "do": "configure", "node": "n1", "application": 1, "settings": {"next": []}},
                             {"at": 2, "do": "configure", "node": "n3", "application": 1, "settings": {"next": ["${n1}"]}},
                             {"at": 3, "do": "fail", "node": "n2"},
                             {"at": 4, "do": "configure", "node": "n1", "application": 1, "settings": {"next": ["${n2}"]}},
                             {"at": 5, "do": "swap", "node": "n1", "application": 1, "algorithm": "relay", "versions": "1", "expect": "refused",
                              "settings": {"next": ["${n3}"]}}%s]""";

        assertThat(read(chain(turns.formatted(""))).steps()).hasSize(5);
        assertThat(mistakes(chain(turns.formatted(", {\"at\": 6, \"do\": \"create\", \"node\": \"n2\"}"))))
                .contains("$.timeline[5]: the next hops of application 1 go in a circle after this entry: ")
                .hasLineCount(1);
    }

    @Test
    void a_group_that_is_wrong_is_said_once() {
        assertThat(mistakes("""
                {"seconds": 1, "nodes": [{"name": "a"}], "groups": {"g": [], "h": {"of": "a", "count": 0}},
                 "assert": [{"name": "x", "measure": "in", "nodes": ["g", "h"], "atLeast": "1 KB/s"}]}
                """))
                .contains("$.groups.g: ")
                .contains("$.groups.h.count: ")
                .hasLineCount(2);
    }

    @Test
    void counters_and_kinds_of_events_are_those_of_the_page_about_the_status() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "status.md"));
        String counters = page.substring(page.indexOf("## Counters"), page.indexOf("## Events"));
        String events = page.substring(page.indexOf("## Events"), page.indexOf("## Pauses"));

        assertThat(Names.COUNTERS).containsExactlyInAnyOrderElementsOf(firstColumn(counters));
        assertThat(Names.EVENTS).containsAll(firstColumn(events));
    }

    private static List<String> firstColumn(String table) {
        return table.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Stream.of(line.split(" \\| ", 2)[0].split("`", -1)))
                .filter(name -> name.matches("[a-z.]+"))
                .toList();
    }

    @Test
    void a_variable_that_is_not_declared_or_of_another_kind_is_refused() {
        assertThatThrownBy(() -> read(chain(""), Map.of("rat", "1 KB/s")))
                .message()
                .contains(
                        "--set replaces a variable that the file declares, and there is no 'rat'; did you mean 'rate'?");
        assertThatThrownBy(() -> read(chain(""), Map.of("many", "few")))
                .message()
                .contains("$.variables.many: the variable 'many' is a number, and --set gives it 'few'");
    }

    @Test
    void every_mistake_of_a_file_is_a_line() {
        assertThatThrownBy(() -> read("""
                {"seconds": 1,
                 "nodes": [{"name": "a", "slots": {"1": "x"}}, {"name": "b", "bandwidth": {"in": 5}}]}
                """)).hasMessage("""
                        some.json:2:41: $.nodes[0].slots.1: there is no algorithm 'x' in this container and the file's bundles; there is relay, tree.stress
                        some.json:2:82: $.nodes[1].bandwidth.in: a rate is written with its unit: "200 KB/s", "1.5 MBps" or "800 kbit/s", not '5'""");
    }

    @Test
    void a_rollout_is_one_entry_of_all_its_nodes_and_needs_an_observer() {
        String text = """
                {"seconds": 3, "nodes": [{"name": "n", "count": 2, "slots": {"1": "relay"}}, {"name": "gone", "absent": true}],
                 %s"timeline": [{"at": 1, "do": "rollout", "nodes": %s, "algorithm": "relay", "version": "1.1.0", "watchSeconds": "500 ms"%s}]}
                """;
        String hosts = "\"hosts\": {\"observer\": \"http://127.0.0.1:1/\"},";

        Step step = read(text.formatted(hosts, "\"n\"", ", \"expect\": \"returned\""))
                .steps()
                .getFirst();

        assertThat(step.acts()).hasSize(1);
        assertThat(step.acts().getFirst().arguments())
                .hasToString("{\"algorithm\":\"relay\",\"version\":\"1.1.0\",\"watchSeconds\":0.5,"
                        + "\"expect\":\"returned\",\"limit\":120.0,\"nodes\":[\"${n1}\",\"${n2}\"]}");
        assertThat(mistakes(text.formatted("", "\"n\"", ", \"wave\": 0, \"health\": {\"failurs\": 1}")))
                .contains("$.timeline[0]: a rollout is an observer's work: it needs 'hosts' in the file or --observer")
                .contains("$.timeline[0].wave: this is a whole number from 1 to 2000")
                .contains("$.timeline[0].health.failurs: a rollout's health has")
                .hasLineCount(3);
        assertThat(mistakes(text.formatted(hosts, "\"all\"", "")))
                .contains("node 'gone' is absent and was not created, and cannot rollout");
    }

    private static String mistakes(String text) {
        return String.valueOf(catchThrowable(() -> read(text)).getMessage());
    }

    @Test
    void a_variable_that_nobody_declares_is_said_wherever_it_stands_and_nothing_that_comes_from_it() {
        assertThat(mistakes("""
                {"seconds": "${secs}", "variables": {"rate": "1 KB/s", "sec": 3}, "title": "at ${rat}",
                 "nodes": [{"name": "n", "count": "${many}", "bandwidth": {"in": "${rat}"}, "slots": {"1": "${n1}"}}],
                 "timeline": [{"at": "${sek}", "do": "emulate", "node": "n", "change": {"out": "${rat}"}}],
                 "assert": [{"name": "a", "measure": "status", "pointer": "/name", "nodes": "${nods}", "expected": "${raet}"}]}
                """)).isEqualTo("""
                        some.json:1:13: $.seconds: a reference is a variable, a node or a group, and there is no 'secs'; did you mean 'sec'?
                        some.json:1:76: $.title: a reference is a variable, a node or a group, and there is no 'rat'; did you mean 'rate'?
                        some.json:2:35: $.nodes[0].count: a reference is a variable, a node or a group, and there is no 'many'; there is all, before, first, last, n, n1, next, previous, rate, sec, self
                        some.json:2:66: $.nodes[0].bandwidth.in: a reference is a variable, a node or a group, and there is no 'rat'; did you mean 'rate'?
                        some.json:2:92: $.nodes[0].slots.1: there is no algorithm '${n1}' in this container and the file's bundles; there is relay, tree.stress
                        some.json:3:22: $.timeline[0].at: a reference is a variable, a node or a group, and there is no 'sek'; did you mean 'sec'?
                        some.json:3:80: $.timeline[0].change.out: a reference is a variable, a node or a group, and there is no 'rat'; did you mean 'rate'?
                        some.json:4:77: $.assert[0].nodes: a reference is a variable, a node or a group, and there is no 'nods'; there is all, before, first, last, n, n1, next, previous, rate, sec, self
                        some.json:4:100: $.assert[0].expected: a reference is a variable, a node or a group, and there is no 'raet'; did you mean 'rate'?""");
    }

    @Test
    void a_mistake_hides_no_other_one() {
        assertThat(mistakes("""
                {"seconds": 9, "nodes": [{"nam": "a", "latencie": 1, "links": [{"to": "x"}, {"to": "b", "los": 1}]},
                           {"name": "b", "slots": {"1": "relay"}}],
                 "timeline": [{"at": 1, "do": "swp", "node": "bb", "application": 1, "algorithm": "rely", "versions": "1"},
                              {"at": 2, "do": "fly", "node": "c", "high": true, "versions": "1"}]}
                """)).isEqualTo("""
                        some.json:1:26: $.nodes[0]: a node needs 'name'; here is 'nam'
                        some.json:1:39: $.nodes[0].latencie: a node has name, count, port, buffer, maxPayload, inactivity, location, bandwidth, metering, links, slots, applications, absent, container, but no 'latencie'
                        some.json:1:71: $.nodes[0].links[0].to: there is no node or group 'x'; did you mean 'b'?
                        some.json:1:89: $.nodes[0].links[1].los: a link has to, rate, latency, jitter, loss, from, but no 'los'; did you mean 'loss'?
                        some.json:3:31: $.timeline[0].do: what is done is one of create, remove, fail, start, stop, join, leave, configure, custom, emulate, weigh, measure, swap, rollback, shadow, why, rollout, deploy, wait, mark (did you mean 'swap'?), not 'swp'
                        some.json:3:46: $.timeline[0].node: there is no node or group 'bb'; did you mean 'b'?
                        some.json:3:83: $.timeline[0].algorithm: there is no algorithm 'rely' in this container and the file's bundles; did you mean 'relay'?
                        some.json:4:31: $.timeline[1].do: what is done is one of create, remove, fail, start, stop, join, leave, configure, custom, emulate, weigh, measure, swap, rollback, shadow, why, rollout, deploy, wait, mark (did you mean 'why'?), not 'fly'
                        some.json:4:46: $.timeline[1].node: there is no node or group 'c'; did you mean 'b'?
                        some.json:4:51: $.timeline[1].high: an entry of the time line has do, after, at, spacing, mark, note, mayFail, turns, node, nodes, versions, but no 'high'""");
    }
}
