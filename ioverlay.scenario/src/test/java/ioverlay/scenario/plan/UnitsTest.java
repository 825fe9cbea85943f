package ioverlay.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Units of what only the file's author knows. */
class UnitsTest {
    private static Scenario read(String assertion) {
        return ScenarioReader.read(
                Path.of("some.json"),
                """
                {"seconds": 1, "nodes": [{"name": "a", "slots": {"1": "relay"}}],
                 "record": {"what": [{"measure": "detail", "application": 1, "pointer": "/rate", "unit": "B/s"}]},
                 "assert": [%s]}
                """.formatted(assertion),
                Given.NOTHING,
                (observer, bundles) -> new Offers(Set.of("relay"), Set.of()));
    }

    @Test
    void what_an_algorithm_says_of_itself_may_have_a_unit() {
        Scenario scenario = read("""
                {"name": "rate", "measure": "detail", "application": 1, "pointer": "/rate", "unit": "B/s",
                 "expected": "200 KB/s", "tolerance": "5 KB/s"},
                {"name": "stress", "measure": "detail", "application": 1, "pointer": "/stress", "unit": "per 100 KB/s", "expected": 2},
                {"name": "plain", "measure": "detail", "application": 1, "pointer": "/stress", "expected": 2}""");

        assertThat(scenario.record()).extracting(Probe::unit).containsExactly("B/s");
        assertThat(scenario.assertions())
                .extracting(assertion -> assertion.measure().unit())
                .containsExactly("B/s", "per 100 KB/s", "");
        assertThat(scenario.assertions())
                .extracting(assertion -> assertion.bound().orElseThrow().value().getAsLong())
                .containsExactly(200_000L, 2L, 2L);
    }

    @Test
    void what_has_a_unit_of_its_own_takes_no_other() {
        assertThatThrownBy(
                        () -> read("{\"name\": \"a\", \"measure\": \"in\", \"unit\": \"s\", \"expected\": \"1 B/s\"}"))
                .hasMessageContaining("no 'unit'");
    }
}
