package ioverlay.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    private final Container container = new FakeContainer()
            .with("a", FakeContainer.slot(0, "serving", 0))
            .with("b", FakeContainer.slot(7, "serving", 0))
            .container();
    private final List<Verb> verbs = Commands.verbs(container, () -> {});

    private List<String> complete(String line, Path directory) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        Verb verb = verbs.stream()
                .filter(one -> one.name().equals(words.getFirst()))
                .findFirst()
                .orElseThrow();
        return new Completion(verbs, container)
                .values(verb.spec(), words.subList(1, words.size() - 1), words.getLast(), directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "status :a b",
                "swap :all a b",
                "swap a,:a,b",
                "swap a :relay",
                "swap a relay :1.0.0 1.1.0",
                "swap b --slot :7",
                "swap --probation 5s b --slot :7",
                "swap b relay --probation :0s 5s 10s 1m",
                "create x --slot 5=:5=relay",
                "create x --slot 5=relay@:5=relay@1.0.0 5=relay@1.1.0",
                "why :a b a/0 b/7 ioverlay.algo.relay",
                "bandwidth :a b",
                "bandwidth a --out :off 100K 400K 1M 10M",
                "bandwidth a --out 1M --to :a b",
                "bandwidth a --to b --latency :0ms 1ms 10ms 20ms 50ms 100ms",
                "weights a :a b",
                "measure a :a b",
                "terminate :all a b",
                "join :all a b",
                "join b :7",
                "app :start stop",
                "rollout :start list show pause resume abort",
                "rollout start :relay",
                "rollout start relay :1.0.0 1.1.0",
                "rollout start relay 1.1.0 --nodes a,:a,b",
                "rollout start relay 1.1.0 --watch :0s 5s 10s 1m",
                "rollout abort :1",
                "app start :a b",
                "config :a b",
                "config a :port= slots= applications=",
                "config a slots=:slots=0=relay slots=7=relay;versions=[1.0,2) port= applications=",
                "log --level :ERROR WARN INFO DEBUG TRACE",
                "log --bundle :ioverlay.engine my.algo"
            })
    void offersWhatCanStandThere(String line, String values) {
        assertThat(complete(line, Path.of("/"))).containsExactlyInAnyOrder(values.split(" ", -1));
    }

    @Test
    void offersFilesToDeploy(@TempDir Path directory) throws Exception {
        Files.createFile(directory.resolve("my.jar"));
        Files.createDirectories(directory.resolve("target/classes"));
        assertThat(complete("deploy ", directory)).containsExactly("my.jar", "target/");
        assertThat(complete("deploy target/", directory)).containsExactly("target/classes/");
    }

    @Test
    void eventsOfferTheirKinds() {
        assertThat(complete("events --kind ", Path.of("/"))).containsExactlyElementsOf(Kinds.KNOWN);
    }

    @Test
    void helpOffersTheCommands() {
        assertThat(complete("help ", Path.of("/"))).contains("swap", "why").doesNotContain("_welcome");
    }
}
