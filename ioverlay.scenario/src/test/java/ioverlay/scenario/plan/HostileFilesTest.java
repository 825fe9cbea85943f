package ioverlay.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.container.RefusedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that want to take the runner's time or memory, or are full of mistakes: refused, soon, with every place. */
@Timeout(20)
class HostileFilesTest {
    private static final Offers OFFERS =
            new Offers(Set.of("relay"), Set.of("source.cbr", "sink.counting"), Set.of("one", "two"));

    private static Scenario read(String text) {
        return ScenarioReader.read(Path.of("some.json"), text, Given.NOTHING, (observer, bundles) -> OFFERS);
    }

    private static List<String> refused(String text) {
        try {
            read(text);
        } catch (RefusedException e) {
            return String.valueOf(e.getMessage()).lines().toList();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void without_nodes_that_is_all_that_is_said_of_what_is_about_them() {
        String rest = "\"groups\": {}, \"record\": {}, \"assert\": [], \"figures\": [], \"plots\": []}";

        assertThat(refused("{\"seconds\": 1, \"nodes\": [], " + rest))
                .containsExactly("some.json:1:1: $: a scenario has 'nodes', a list of at least one");
        assertThat(refused("{\"seconds\": 1, \"nodess\": [], " + rest))
                .anyMatch(line -> line.contains("but no 'nodess'; did you mean 'nodes'?"))
                .noneMatch(line -> line.contains("but no 'groups'"));
    }

    @Test
    void all_that_is_wrong_with_an_entry_is_said_at_once() {
        List<String> lines = refused("""
                {"seconds": 3, "nods": 1,
                 "nodes": [{"name": "a", "slots": {"1": "rely", "x": {"algorithm": "relay", "version": "1"}},
                            "bandwidth": {"in": 200000, "outt": "1 KB/s"}, "lokation": 3,
                            "applications": {"1": {"typ": "sink.counting"}}, "container": "thre"},
                           {"name": "b", "links": [{"to": "c", "latency": 5, "los": 1}]}],
                 "groups": {"g": {"of": "a", "share": 3, "exept": "b"}},
                 "timeline": [{"at": 9, "do": "swpa", "node": "a", "note": 1},
                              {"at": 1, "do": "swap", "node": "zz", "application": "x", "algorithm": "rely", "versions": "?", "foo": 1}],
                 "record": {"interval": 0.001, "what": ["sped", "in"], "intervall": 1},
                 "assert": [{"measure": "throughput", "nodes": "zz", "expected": 100, "tolerance": "x", "from": "never", "foo": 2}],
                 "plots": [{"kind": "cdf", "measure": "in", "series": {"a": "zz"}, "lines": [{"value": "x"}]}]}
                """);

        assertThat(lines.stream().map(line -> line.substring(line.indexOf('$'), line.indexOf(": ", line.indexOf('$')))))
                .containsExactlyInAnyOrder(
                        "$.nods",
                        "$.nodes[0].slots.1",
                        "$.nodes[0].slots.x",
                        "$.nodes[0].bandwidth.in",
                        "$.nodes[0].bandwidth.outt",
                        "$.nodes[0].lokation",
                        "$.nodes[0].applications.1",
                        "$.nodes[0].container",
                        "$.nodes[1].links[0].to",
                        "$.nodes[1].links[0].latency",
                        "$.nodes[1].links[0].los",
                        "$.groups.g.share",
                        "$.groups.g.exept",
                        "$.timeline[0]", // what belongs to the swap that is meant
                        "$.timeline[0]",
                        "$.timeline[0]",
                        "$.timeline[0].do",
                        "$.timeline[0].at",
                        "$.timeline[0].note",
                        "$.timeline[1].node",
                        "$.timeline[1].application",
                        "$.timeline[1].algorithm",
                        "$.timeline[1].versions",
                        "$.timeline[1].foo",
                        "$.record.interval",
                        "$.record.what[0]",
                        "$.record.intervall",
                        "$.assert[0]",
                        "$.assert[0].nodes",
                        "$.assert[0].expected",
                        "$.assert[0].tolerance",
                        "$.assert[0].from",
                        "$.assert[0].foo",
                        "$.plots[0]",
                        "$.plots[0].series.a",
                        "$.plots[0].lines[0]",
                        "$.plots[0].lines[0].value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"seconds\": NaN, \"nodes\": [{\"name\": \"a\"}]}",
                "{\"seconds\": Infinity, \"nodes\": [{\"name\": \"a\"}]}",
                "{\"seconds\": 1e400, \"nodes\": [{\"name\": \"a\"}]}",
                "{\"seconds\": 1, \"seed\": 1e999999999, \"nodes\": [{\"name\": \"a\"}]}",
                "{\"seconds\": 1, \"nodes\": [{\"name\": \"a\", \"count\": 1e9}]}",
                "{\"seconds\": 1, \"nodes\": [{\"name\": \"a\", \"bandwidth\": {\"in\": \"1e400 B/s\"}}]}",
                "{\"seconds\": 1, \"nodes\": [{\"name\": \"a\", \"inactivity\": \"99999999999999999999 h\"}]}",
                "{\"seconds\": 1, \"nodes\": [{\"name\": \"a\"}], \"figures\": [{\"name\": \"f\", \"measure\": \"nodes\", \"times\": 1e999}]}",
                "{\"seconds\": 1, \"variables\": {\"a\": \"${b}\", \"b\": \"${a}${a}\"}, \"nodes\": [{\"name\": \"${a}\"}]}",
                "{\"seconds\": 1, \"nodes\": [{\"name\": \"\\u001b[2J\"}]}",
                "{\"seconds\": 1, \"nodes\": {}}",
                "{\"seconds\": 1, \"nodes\": [null]}",
                "{\"seconds\": 1, \"nodes\": [{\"name\": \"a\"}]} more",
                "{\"seconds\": 1, \"nodes\": [{\"name\": \"a\"}",
                "\u0000\u0001\u0002",
                "null",
                ""
            })
    void what_is_no_number_no_name_or_no_file_is_refused_in_a_line(String text) {
        assertThat(refused(text)).isNotEmpty().allMatch(line -> line.startsWith("some.json:"));
        assertThat(refused(text)).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
    }

    @Test
    void deep_nesting_is_refused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(refused("{\"seconds\": 1, \"nodes\": " + deep + "}").getFirst())
                .contains("Nesting limit");
        String within = "{\"a\": ".repeat(200) + "1" + "}".repeat(200);
        assertThat(
                        read("{\"seconds\": 1, \"nodes\": [{\"name\": \"a\", \"slots\": {\"1\": {\"algorithm\": \"relay\", \"settings\": "
                                        + within + "}}}]}")
                                .nodes())
                .hasSize(1);
    }

    @Test
    void long_ways_to_millions_of_values_are_refused_before_memory_is_gone() {
        String name = "\"" + "x".repeat(200) + "\":";
        String many = "[" + "1,".repeat(1_499_999) + "1]";
        String deep = ("{" + name).repeat(200) + "%s" + "}".repeat(200);

        assertThat(refused(deep.formatted(many)))
                .singleElement()
                .asString()
                .contains("the names on the way to a value have at most 2000 characters")
                .hasSizeLessThan(500);
        assertThat(refused(("{" + name).repeat(9) + many + "}".repeat(9)))
                .singleElement()
                .asString()
                .contains("a list has at most 10000 items, not 1500000")
                .hasSizeLessThan(500);
        String lists = repeated("[" + "1,".repeat(9999) + "1]", 26);
        assertThat(refused("[" + lists + "]"))
                .singleElement()
                .asString()
                .contains("a scenario file has at most 250000 values, and here are more");
    }

    @Test
    void names_that_stand_for_thousands_of_nodes_thousands_of_times_are_refused() {
        String nodes = "\"nodes\": [{\"name\": \"a\", \"count\": 4096%s}]";
        for (String all : List.of(
                nodes.formatted(", \"links\": [{\"from\": \"a\", \"rate\": \"5 KB/s\"}]"),
                nodes.formatted(
                        ", \"slots\": {\"1\": {\"algorithm\": \"relay\", \"settings\": {\"next\": [\"${before}\"]}}}"),
                nodes.formatted("") + ", \"timeline\": ["
                        + repeated("{\"at\": 1, \"do\": \"leave\", \"nodes\": \"all\", \"application\": 1}", 9000)
                        + "]",
                nodes.formatted("") + ", \"assert\": ["
                        + repeated(
                                "{\"name\": \"x\", \"measure\": \"in\", \"nodes\": [\"a\", \"all\"], \"atLeast\": \"1 B/s\"}",
                                9000)
                        + "]")) {
            assertThat(refused("{\"seconds\": 2, " + all + "}").getFirst())
                    .contains("all entries of a scenario together name at most 1000000 nodes");
        }
    }

    @Test
    void lists_and_names_have_a_bound() {
        assertThat(refused(
                        "{\"seconds\": 2, \"nodes\": [" + repeated("{\"name\": \"a\", \"count\": 4096}", 9000) + "]}"))
                .anyMatch(line -> line.contains("a scenario has at most 4096 nodes, and these are too many"))
                .last()
                .isEqualTo("some.json: and 160 more");
        assertThat(refused("{\"seconds\": 2, \"nodes\": [" + repeated("{}", 10_001) + "]}")
                        .getFirst())
                .contains("a list has at most 10000 items, not 10001");
        assertThat(refused("{\"" + "x".repeat(100_000) + "\": 1}").getFirst())
                .contains("a name has at most 200 characters");
        String unknown = IntStream.range(0, 9000)
                .mapToObj(i ->
                        "{\"at\": 1, \"do\": \"leave\", \"node\": \"" + "y".repeat(60) + i + "\", \"application\": 1}")
                .collect(Collectors.joining(","));
        assertThat(refused("{\"seconds\": 2, \"nodes\": [{\"name\": \"a\", \"count\": 4096}], \"timeline\": [" + unknown
                        + "]}"))
                .hasSize(41);
    }

    @Test
    void a_chain_of_thousands_has_no_circle_and_a_ring_of_thousands_has_one() {
        assertThat(read("""
                {"seconds": 2, "nodes": [{"name": "a", "count": 4096,
                  "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${next}"]}}}}]}
                """).nodes()).hasSize(4096);
        String ring =
                "{\"seconds\": 2, \"nodes\": [{\"name\": \"a\", \"count\": 4095, \"slots\": {\"1\": {\"algorithm\": \"relay\","
                        + " \"settings\": {\"next\": [\"${next}\", \"${z}\"]}}}},"
                        + " {\"name\": \"z\", \"slots\": {\"1\": {\"algorithm\": \"relay\", \"settings\": {\"next\": [\"${a1}\"]}}}}]}";
        assertThat(refused(ring))
                .singleElement()
                .asString()
                .contains("go in a circle: a1 → a2")
                .hasSizeLessThan(300);
    }

    @Test
    void whatever_is_changed_in_a_file_it_is_read_or_refused_with_places() {
        String good = """
                {"seconds": 10, "variables": {"rate": "100 KB/s"}, "hosts": {"observer": "http://127.0.0.1:8500"},
                 "nodes": [{"name": "n", "count": 3, "bandwidth": {"in": "${rate}"}, "container": 1,
                            "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${next}"]}}},
                            "applications": {"1": "sink.counting"}, "links": [{"to": "${next}", "latency": "5 ms"}]}],
                 "groups": {"g": {"of": "n", "share": "50 %"}},
                 "timeline": [{"at": 1, "do": "swap", "node": "g", "application": 1, "algorithm": "relay", "versions": "[1,2)", "mark": "m"},
                              {"after": 1, "do": "wait", "until": {"measure": "in", "nodes": "n", "atLeast": "1 KB/s"}},
                              {"after": 0, "do": "emulate", "node": "n1", "change": {"out": "5 KB/s"}}],
                 "record": {"interval": 0.5, "what": ["in"]},
                 "plots": [{"title": "t", "kind": "cdf", "measure": "in", "over": {"measure": "out"}, "series": {"x": ["g", "all"]}}],
                 "assert": [{"name": "a", "measure": "throughput", "from": "m+1", "expected": "1 KB/s", "tolerance": "3 %"}]}
                """;
        assertThat(read(good).nodes()).hasSize(3);
        Random random = new Random(5);
        String signs = "{}[]\",:0123456789.-eE+$ naxyz\\/\u0000é";
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, signs.charAt(random.nextInt(signs.length())));
                    default -> text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
                }
            }
            try {
                read(text.toString());
            } catch (RefusedException e) {
                assertThat(String.valueOf(e.getMessage()).lines())
                        .as(text.toString())
                        .allMatch(line -> line.matches("some\\.json:(\\d+:\\d+: \\$.*|.*)"));
            }
        }
    }

    @Test
    void a_member_that_is_there_twice_is_refused() {
        assertThatThrownBy(() -> read("{\"seconds\": 1, \"nodes\": [{\"name\": \"a\", \"name\": \"b\"}]}"))
                .hasMessageContaining("1:40: $.nodes[0].name: an object has each name once, but 'name' twice");
    }

    private static String repeated(String entry, int times) {
        String[] all = new String[times];
        Arrays.fill(all, entry);
        return String.join(",", all);
    }
}
