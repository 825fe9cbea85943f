package ioverlay.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ioverlay.api.container.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** The versions that a file names are there, or come before they are needed. */
class VersionsTest {
    private static final Path FILE = Path.of("some.json");

    private static Offers versions(String algorithm, String... versions) {
        Set<Version> all = Arrays.stream(versions).map(Version::new).collect(Collectors.toSet());
        return new Offers(Map.of(algorithm, all, "unsaid", Set.of()), Set.of(), Set.of());
    }

    private static Throwable refusal(String text) {
        return catchThrowable(() -> ScenarioReader.read(
                FILE, text, Given.NOTHING, (observer, bundles) -> versions("relay", "1.0.0", "1.1.0")));
    }

    @Test
    void a_version_that_no_bundle_has_is_refused_with_its_place() {
        Throwable refused = refusal("""
                {"seconds": 3, "nodes": [
                  {"name": "a", "slots": {"1": {"algorithm": "relay", "versions": "[3,4)"}}},
                  {"name": "b", "slots": {"1": {"algorithm": "relay", "versions": "[1.1,2)"}, "2": {"algorithm": "unsaid", "versions": "9"}}}],
                 "timeline": [
                  {"at": 1, "do": "swap", "node": "a", "application": 1, "algorithm": "relay", "versions": "1.2"},
                  {"at": 2, "do": "shadow", "node": "a", "application": 1, "algorithm": "relay", "versions": "(1.1,2]", "seconds": 1}]}
                """);

        String rule =
                "no version of 'relay' in this container and the file's bundles is in the range %s; there is 1.0.0, 1.1.0";
        assertThat(refused)
                .isInstanceOf(RefusedException.class)
                .hasMessage(String.join(
                        "\n",
                        "some.json:2:67: $.nodes[0].slots.1.versions: " + rule.formatted("[3,4)"),
                        "some.json:5:92: $.timeline[0].versions: " + rule.formatted("1.2"),
                        "some.json:6:94: $.timeline[1].versions: " + rule.formatted("(1.1,2]")));
    }

    @Test
    void an_entry_that_is_there_to_show_a_refusal_may_name_a_version_that_is_not() {
        assertThat(refusal("""
                {"seconds": 3, "nodes": [{"name": "a", "slots": {"1": "relay"}}],
                 "timeline": [
                  {"at": 1, "do": "swap", "node": "a", "application": 1, "algorithm": "relay", "versions": "2", "expect": "refused"},
                  {"at": 2, "do": "swap", "node": "a", "application": 1, "algorithm": "relay", "versions": "2", "mayFail": true}]}
                """)).isNull();
    }

    @Test
    void a_rollout_may_bring_versions_that_only_the_observer_knows() {
        assertThat(refusal("""
                {"seconds": 3, "hosts": {"observer": "http://127.0.0.1:8500"}, "nodes": [{"name": "a", "slots": {"1": "relay"}}],
                 "timeline": [
                  {"at": 1, "do": "rollout", "nodes": "a", "application": 1, "algorithm": "relay", "version": "2.0.0"},
                  {"after": 0, "do": "swap", "node": "a", "application": 1, "algorithm": "relay", "versions": "[2,3)"}]}
                """)).isNull();
    }

    @Test
    void what_the_time_line_deploys_can_be_named_by_what_comes_after(@TempDir Path folder) throws IOException {
        Path bundle = Files.createFile(folder.resolve("new.jar"));
        String text = """
                {"seconds": 3, "nodes": [{"name": "a", "slots": {"1": "relay"}}],
                 "timeline": [
                  {"at": 1, "do": "deploy", "bundle": "new.jar"},
                  {"after": 0, "do": "swap", "node": "a", "application": 1, "algorithm": "fresh", "versions": "[2,3)"}]}
                """;

        Scenario scenario = ScenarioReader.read(
                folder.resolve("some.json"),
                text,
                Given.NOTHING,
                (observer, bundles) -> bundles.contains(bundle)
                        ? new Offers(Map.of("relay", Set.of(), "fresh", Set.of(new Version("2.0"))), Set.of(), Set.of())
                        : new Offers(Set.of("relay"), Set.of()));

        assertThat(scenario.bundles()).isEmpty();
        assertThat(scenario.steps()).hasSize(2);
    }
}
