package ioverlay.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapResult.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
    private final FakeContainer fake = new FakeContainer()
            .with("a", FakeContainer.slot(0, "serving", 0))
            .with("b", FakeContainer.slot(0, "parked", 0), FakeContainer.slot(7, "serving", 4000))
            .with("c", FakeContainer.slot(0, "serving", 0));
    private final Typing typing = new Typing(fake);

    @AfterEach
    void leave() {
        typing.close();
    }

    @Test
    void nodesAreOneLineEachWithTheStateOfTheirSlots() {
        assertThat(typing.type("nodes").lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("b ") && line.contains("parked,probation"));
    }

    @Test
    void nodesCanBePipedIntoGrep() {
        assertThat(typing.type("overlay:nodes | grep parked").lines())
                .singleElement()
                .asString()
                .startsWith("b ")
                .doesNotContain("\u001b");
    }

    @Test
    void scriptsGetObjects() throws Exception {
        assertThat((List<?>) typing.session.execute("nodes")).hasSize(3).allMatch(node -> node instanceof NodeStatus);
        assertThat(typing.session.execute("(status a) name")).isEqualTo("a");
    }

    @Test
    void statusShowsOnlyCountersThatCount() {
        assertThat(typing.type("status a"))
                .contains("messages.lost", "up 1 min 1 s")
                .doesNotContain("links.failed");
    }

    @Test
    void createTakesAllThatANodeCanBe() {
        typing.type("create d --address 127.0.0.2 --port 7009 --buffer-bytes 8192 --max-payload 1000"
                + " --slot 0=relay --slot 7=relay@1.0.0 --settings '{\"deliver\": false}'"
                + " --location 45.5,-73.6,Montreal --observer 127.0.0.1:9000");
        assertThat(fake.created).singleElement().satisfies(spec -> {
            assertThat(spec.address() + ":" + spec.port()).isEqualTo("127.0.0.2:7009");
            assertThat(List.of(spec.bufferBytes(), spec.maxPayload())).containsExactly(8192, 1000);
            assertThat(spec.location().orElseThrow().text()).isEqualTo("45.5,-73.6,Montreal");
            assertThat(spec.observer().orElseThrow()).hasToString("127.0.0.1:9000");
            assertThat(spec.slots().get(7).versions()).isEqualTo("[1.0.0,1.0.0]");
            assertThat(spec.slots().values()).extracting(SlotSpec::settings).allMatch(json -> json.has("deliver"));
        });
    }

    @Test
    void swapTakesAllThatARequestHolds() {
        typing.type("swap b relay '[1.1,2)' --slot 7 --probation 200ms --failures 5 --throughput 0.8 --id x"
                + " --settings '{}'");
        assertThat(fake.swapped).singleElement().satisfies(request -> {
            assertThat(request.node() + request.application() + request.versions() + request.id())
                    .isEqualTo("b7[1.1,2)x");
            assertThat(request.probation().time()).isEqualTo(Duration.ofMillis(200));
            assertThat(request.probation().failures()).isEqualTo(5);
            assertThat(request.probation().leastThroughput()).isEqualTo(0.8);
            assertThat(request.settings()).isPresent();
        });
    }

    @Test
    void severalNodesGoOverOneByOneAndShowARowEach() {
        assertThat(typing.type("swap a,c relay 1.1.0").lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("SWITCHED") && line.contains("0.85 ms"));
        assertThat(typing.type("swap all relay --slot 0 --at-once").lines()).hasSize(4);
    }

    @Test
    void nodesThatServeItAlreadyArePassedOverUnlessAllDo() {
        fake.there.add("a");
        assertThat(typing.type("swap a,c relay 1.1.0").lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("a ") && line.contains("REFUSED"))
                .anyMatch(line -> line.startsWith("c ") && line.contains("SWITCHED"));
        assertThat(typing.typeWrong("swap a relay")).isEqualTo("a: refused in verify: the slot already serves it");
    }

    @Test
    void theFirstNodeThatDoesNotGoOverStopsTheRest() {
        fake.outcome = CompletableFuture.completedFuture(Outcome.RETURNED);
        assertThat(typing.typeWrong("swap a,c relay"))
                .isEqualTo("a: returned in probation: the third call failed\nnot tried: c");
        assertThatThrownBy(() -> typing.session.execute("swap a relay"))
                .isInstanceOfSatisfying(
                        SwapFailed.class, failed -> assertThat(failed.results()).hasSize(1));
    }

    @Test
    void aSwapCancelledOnProbationGoesBack() throws Exception {
        fake.outcome = new CompletableFuture<>();
        Thread typist = Thread.ofPlatform().start(() -> typing.type("swap a relay 1.1.0"));
        while (fake.swapped.isEmpty() || typing.session.foregroundJob() == null) {
            Thread.onSpinWait();
        }
        typing.session.foregroundJob().interrupt();
        typist.join();
        assertThat(fake.outcome.join()).isEqualTo(Outcome.RETURNED);
        assertThat(fake.asked).containsExactly("rollback a/0");
    }

    @Test
    void aShadowReportsWhenItIsOver() {
        fake.shadow.complete(FakeContainer.report(
                new ioverlay.api.container.ShadowRequest("a", 0, "relay", "0", Duration.ofSeconds(1))));
        assertThat(typing.type("shadow a relay --for 1s"))
                .contains("its time is up", "0.50 %", "1.50 us", "2.50 us", "at data 4", "1.1.0: nothing");
    }

    @Test
    void whyTellsNodesSlotsAndBundlesApart() {
        assertThat(typing.type("why b").lines()).containsExactly("slot 0 of b is fine", "slot 7 of b is fine");
        assertThat(typing.type("why b/7").strip()).isEqualTo("slot 7 of b is fine");
        assertThat(typing.type("why my.bundle:1.0").strip()).isEqualTo("bundle my.bundle:1.0 is fine");
    }

    @Test
    void eventsAreTheLastOnesOfAKind() {
        assertThat(typing.type("events --kind link").lines()).hasSize(3).noneMatch(line -> line.contains("swap"));
        assertThat(typing.type("events -n 1 --node a").lines()).hasSize(2).anyMatch(line -> line.contains("swap at a"));
    }

    @Test
    void theLogIsItsLastLinesWithWhatWasThrownButNotWhatTheFrameworkTells() {
        assertThat(typing.type("log").lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("ioverlay.engine  listens"))
                .anyMatch(line -> line.endsWith("it is broken: java.io.IOException: no disk"));
        assertThat(typing.type("log --framework --level debug").lines()).hasSize(5);
        assertThat(typing.type("log --level warning --bundle my.algo").lines()).hasSize(2);
        assertThat(typing.type("log -n 1").lines()).hasSize(2).anyMatch(line -> line.contains("broken"));
        assertThat(typing.type("log --bundle ioverlay.engine --level error").strip())
                .isEqualTo("nothing was logged");
        assertThat(typing.type("log | grep listens").lines()).hasSize(1);
    }

    @Test
    void aContainerWithoutALogSaysSo() {
        fake.log.isThere = false;
        assertThat(typing.typeWrong("log")).isEqualTo("the container keeps no log");
    }

    @Test
    void theLogIsFollowedUntilSomebodyEndsIt() throws Exception {
        Thread typist = Thread.ofPlatform().start(() -> typing.type("log -f -n 1"));
        while (fake.log.listeners.isEmpty() || typing.session.foregroundJob() == null) {
            Thread.onSpinWait();
        }
        fake.log.listeners.getFirst().accept(FakeLog.line("WARN", "b", "b.C", "something new"));
        fake.log.listeners.getFirst().accept(FakeLog.line("DEBUG", "b", "b.C", "something small"));
        while (!typing.out.toString(StandardCharsets.UTF_8).contains("something new")) {
            Thread.onSpinWait();
        }
        typing.session.foregroundJob().interrupt();
        typist.join();
        assertThat(typing.out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .noneMatch(line -> line.contains("small"));
        while (!fake.log.listeners.isEmpty()) {
            Thread.onSpinWait(); // the command ends on a thread of its own, within the time of the class
        }
    }

    @Test
    void aNodesSettingsAreALineForEachValueWithWhereItStands() {
        assertThat(typing.type("config").lines())
                .hasSize(4)
                .anyMatch(
                        line -> line.startsWith("a ") && line.contains("configuration") && line.contains("0=relay, 7="))
                .anyMatch(line -> line.startsWith("b ") && line.contains("journal"));
        assertThat(typing.type("config a").lines())
                .hasSize(5)
                .anyMatch(line -> line.startsWith("slots ") && line.endsWith("7=relay;versions=[1.0,2)"))
                .anyMatch(line -> line.startsWith("applications") && line.contains("default"));
    }

    @Test
    void aConfigurationIsChangedAndTheNodeAwaited() {
        assertThat(typing.type("config a port=7002 'slots=0=relay;versions=[1,2)' slots=7=relay applications="))
                .contains("port");
        assertThat(fake.asked)
                .containsExactly("change a {port=[7002], slots=[0=relay;versions=[1,2), 7=relay], applications=[]}");
        assertThat(fake.listeners).isEmpty();
        fake.configured = "node.refused";
        assertThat(typing.typeWrong("config a port=7001"))
                .isEqualTo("the configuration of 'a' is changed, but makes no node yet: port 7001 is taken");
    }

    @Test
    void theKindsOfEventsAreThoseOfTheirPage() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "status.md"));
        List<String> kinds = page.substring(page.indexOf("## Events"), page.indexOf("## Pauses"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(1, line.indexOf('|', 1)))
                .flatMap(cell -> Pattern.compile("`([a-z.]+)`").matcher(cell).results())
                .map(found -> found.group(1))
                .toList();
        assertThat(Kinds.KNOWN).containsExactlyElementsOf(new TreeSet<>(kinds));
    }

    @Test
    void algorithmsSayWhereTheyAreAndWhatHoldsTheRetired() {
        assertThat(typing.type("algorithms")).contains("stored", "abab");
        assertThat(typing.type("algorithms --retired")).contains("pending", "the thread 'leak'");
    }

    @Test
    void applicationsAreStartedWithSettings() {
        typing.type("app start a sink.counting 7 --settings '{\"x\":1}'");
        assertThat(fake.asked).containsExactly("start a sink.counting {\"x\":1}");
    }

    @Test
    void helpListsTheCommandsAndExplainsEach() {
        assertThat(typing.type("help"))
                .contains("nodes", "rollback", "gogo: grep")
                .doesNotContain("_welcome");
        assertThat(typing.type("help swap")).startsWith("Usage: overlay:swap").contains("--probation");
        assertThat(typing.type("app start --help")).startsWith("Usage: overlay:app start");
    }

    @Test
    void exitStopsTheContainerUnlessTheShellIsAttached() {
        typing.type("exit");
        assertThat(typing.hasStopped()).isTrue();
    }

    @Test
    void eachCommandOfALineShowsItsResultAndTheFirstFailureEndsIt() {
        assertThat(typing.type("status a; nodes\nalgorithms")).contains("up 1 min", "parked", "stored");
        assertThat(typing.type("status x; nodes")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status n9 | there is no node 'n9'; there are: a, b, c",
                "swap b relay | node 'b' has the slots 0, 7: say which with --slot",
                "swap b relay --slot 5 | there is no slot '5'; there are: 0, 7 at node 'b'",
                "swap a relay --probation 5 | a time is a whole number and ms, s, m or h, as 5s, not '5'",
                "swap a relay --probation 2h | a probation lasts 0 s to 1 h, not 7200000 ms",
                "swap a relay --settings x | settings are a JSON object, not 'x'",
                "create x --slot relay | a slot is APP=ALGORITHM or APP=ALGORITHM@VERSIONS, as 0=relay@1.0, not 'relay'",
                "create x --location 45 | a location is written as LAT,LON or LAT,LON,LABEL, not '45'",
                "create x --observer here | a node is written as IPv4:port, for example 127.0.0.1:7000, not 'here'",
                "create x --port 70000 | a port is 0 (any free one) to 65535, not '70000'",
                "create a/b | a node's name has 1 to 64 letters, digits, dots, dashes, underscores, not 'a/b'",
                "deploy x.jar --sha256 12 | a SHA-256 has 64 hexadecimal digits, not '12'",
                "upload x.jar | there is no observer in this container, and uploads are its work; deploy brings a bundle into the container itself",
                "uploads | there is no observer in this container, and uploads are its work; deploy brings a bundle into the container itself",
                "app stop a 7 | node 'a' has no application 7",
                "app stop a 0 | an application's id is 1 to 4294967295, not '0'",
                "events -n 0 | the number of events is 1 to 1000, not 0",
                "help nodse | there is no command 'nodse'; the nearest of 28 is 'nodes'",
                "events --kind nix | there is no kind of event 'nix'; the kinds are: KINDS",
                "log -n 1001 | the number of lines is 1 to 1000, not 1001",
                "log --level loud | a level is one of ERROR, WARN, INFO, DEBUG, TRACE, not 'loud'",
                "log --bundle x | there is no line of a bundle 'x'; there are: ioverlay.engine, my.algo",
                "config d | there is no node 'd'; there are: a, b, c",
                "config a prot=1 | a node has the settings [port], but no 'prot'",
                "config a 7001 | a change is KEY=VALUE, or KEY= to take it out, as port=7001, not '7001'"
            })
    void whatIsWrongIsOneSentence(String line, String sentence) throws Exception {
        String text = line.replace("x.jar", Files.createTempFile("x", ".jar").toString());
        assertThat(typing.typeWrong(text)).isEqualTo(sentence.replace("KINDS", String.join(", ", Kinds.KNOWN)));
        assertThat(fake.swapped).isEmpty();
        assertThat(fake.created).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"status, NODE", "status a b, takes no b", "nodes --x, takes no --x", "create x --port y, 'y'"})
    void wrongArgumentsAreASentenceWithWhatItTakes(String line, String part) {
        assertThat(typing.typeWrong(line)).contains(part, "It is: overlay:").hasLineCount(1);
        assertThat(typing.out.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
