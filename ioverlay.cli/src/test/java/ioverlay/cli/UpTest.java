package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.Event;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.SlotSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
    @TempDir
    private Path folder;

    private final FakeTicker ticker = new FakeTicker();
    private final FakeContainer container = new FakeContainer(ticker);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private final List<Path> opened = new ArrayList<>();

    private final List<Path> observed = new ArrayList<>();

    /** How many observers there were at each end of them. */
    private final List<Integer> ends = new ArrayList<>();

    private Watched watched = Watched.NOT;
    private Population population = Population.NONE;
    private Optional<Path> readyFile = Optional.empty();

    /** What an observer with a page is to the command. */
    static Watched watched(URI page, Watched.Registration registration) {
        return new Watched(Optional.of(page), Optional.of(NodeId.parse("127.0.0.1:9000")), List.of(), registration);
    }

    private int run(Path data, String... nodesThatCome) throws Exception {
        UpOptions options = new UpOptions(
                Optional.of(data), population, Optional.empty(), Optional.empty(), true, readyFile, false);
        return run(options, nodesThatCome);
    }

    private int run(UpOptions options, String... nodesThatCome) throws Exception {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Up up = new Up(
                container::steering,
                (directory, events) -> opened.add(directory),
                directory -> {
                    assertThat(opened).as("the journal comes before the files").containsExactly(directory);
                    for (String node : nodesThatCome) {
                        container.create(NodeSpec.named(node).withSlot(1, SlotSpec.of("relay")));
                    }
                },
                new Up.Watching() {
                    @Override
                    public Watched begin(
                            Optional<Endpoint> elsewhere, Optional<ObserverOptions> embedded, Path directory) {
                        assertThat(opened)
                                .as("the journal comes before the observer")
                                .containsExactly(directory);
                        observed.add(directory);
                        return watched;
                    }

                    @Override
                    public void end() {
                        ends.add(observed.size());
                    }
                },
                ticker,
                out,
                () -> Shell.End.LEFT);
        return up.run(options);
    }

    private void configure(String node) throws IOException {
        Files.writeString(folder.resolve("ioverlay.node~" + node + ".cfg.json"), "{}");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void answer(String kind, Path directory, String sentence) {
        JsonObject detail = new JsonObject();
        detail.addProperty("directory", directory.toString());
        container.events.add(new Event(Instant.EPOCH, kind, "", sentence, detail));
    }

    @Test
    void aDataDirectoryThatTheContainerRefusesFailsTheCommandWithItsSentence() throws Exception {
        answer("data.opened", folder.resolve("other"), "");
        answer("data.refused", folder, "it is in use by process 7");

        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> DataOpening.await(folder, container.steering().events(), ticker))
                .withMessage("it is in use by process 7");
    }

    @Test
    void aDataDirectoryThatOpensIsNotWaitedForAnyLonger() throws Exception {
        answer("data.opened", folder, "");
        DataOpening.await(folder, container.steering().events(), ticker);

        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> DataOpening.await(
                        folder.resolve("x"), container.steering().events(), ticker))
                .withMessageContaining("no answer within 30 s");
    }

    @Test
    void theObserverIsClosedByTheCommandWithADataDirectoryToo() throws Exception {
        assertThat(run(folder)).isZero();

        assertThat(ends).containsExactly(1);
    }

    @Test
    void theReadyFileIsWrittenWhenTheObserverKnowsEveryNode() throws Exception {
        Path file = Files.writeString(folder.resolve("ready.json"), "of an earlier run");
        readyFile = Optional.of(file);
        population = Population.of("n", 3, 0, false);
        List<NodeId> registered = new ArrayList<>();
        watched = watched(URI.create("http://127.0.0.1:8080/"), nodes -> {
            assertThat(file).doesNotExist();
            registered.addAll(nodes);
        });

        assertThat(run(folder)).isZero();

        assertThat(registered).hasSize(3);
        JsonObject ready = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(ready.get("web").getAsString()).isEqualTo("http://127.0.0.1:8080/");
        assertThat(ready.get("observer").getAsString()).isEqualTo("127.0.0.1:9000");
        assertThat(ready.getAsJsonArray("nodes"))
                .extracting(id -> NodeId.parse(id.getAsString()))
                .containsExactlyElementsOf(registered);
        assertThat(text()).contains("page     http://127.0.0.1:8080/");
    }

    @Test
    void withoutAnObserverTheReadyFileNamesNoPage() throws Exception {
        readyFile = Optional.of(folder.resolve("ready.json"));

        assertThat(run(folder)).isZero();

        assertThat(Files.readString(folder.resolve("ready.json"))).contains("\"web\": null", "\"nodes\": []");
    }

    @Test
    void aReadyFileThatCannotBeWrittenIsWrongBeforeAnythingStarts() {
        readyFile = Optional.of(folder.resolve("nowhere").resolve("ready.json"));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(folder))
                .withMessageStartingWith(
                        "--ready-file needs a file that can be written, not '" + readyFile.get() + "'");
        assertThat(opened).isEmpty();
    }

    @Test
    void aReadyFileOfAnEarlierRunIsGoneWhenTheObserverDoesNotKnowTheNodes() throws Exception {
        readyFile = Optional.of(Files.writeString(folder.resolve("ready.json"), "{}"));
        watched = watched(URI.create("http://127.0.0.1:8080/"), nodes -> {
            throw new FailedException("not registered");
        });

        assertThatExceptionOfType(FailedException.class).isThrownBy(() -> run(folder));

        assertThat(folder.resolve("ready.json")).doesNotExist();
    }

    @Test
    void thePopulationIsATreeOfRelaysInDifferentCitiesAndWhatIsThereStays() throws Exception {
        population = Population.of("n", 4, 7000, true);

        assertThat(run(folder, "n3")).isZero();

        assertThat(container.created).extracting(NodeSpec::name).containsExactly("n3", "n4", "n2", "n1");
        NodeSpec root = container.created.getLast();
        assertThat(root.port()).isEqualTo(7000);
        assertThat(container.settings("n1").getAsJsonArray("next")).hasSize(2);
        assertThat(container.settings("n2").getAsJsonArray("next")).hasSize(1);
        assertThat(root.location().orElseThrow().label()).isEqualTo("New York");
        assertThat(container.started.get("n1").type()).isEqualTo("source.cbr");
        assertThat(container.started.get("n4").type()).isEqualTo("sink.counting");
    }

    @Test
    void withoutADirectoryWhatIsKeptIsGoneAfterwards() throws Exception {
        UpOptions options = new UpOptions(
                Optional.empty(),
                Population.of("n", 1, 0, false),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                false);

        assertThat(run(options)).isZero();

        assertThat(observed)
                .singleElement()
                .satisfies(directory -> assertThat(directory).doesNotExist())
                .satisfies(directory -> assertThat(text()).contains("run/overlay shell --data " + directory));
    }

    @Test
    void theWayInIsNotRepeatedToWhoHasSaidTheDirectory() throws Exception {
        configure("a");
        assertThat(run(folder, "a")).isZero();
        assertThat(text()).doesNotContain("run/overlay shell");
    }

    @Test
    void itPrintsWhatListensWhere() throws Exception {
        configure("a");
        configure("b");

        assertThat(run(folder, "a", "b")).isZero();

        assertThat(text())
                .contains("a     127.0.0.1:7001  1: relay 1.0.0")
                .contains("b     127.0.0.1:7002  1: relay 1.0.0");
    }

    @Test
    void aConfiguredNodeThatDoesNotComeIsNamedAndFailsTheCommand() throws Exception {
        configure("a");
        configure("b");

        assertThat(run(folder, "a")).isEqualTo(1);

        assertThat(text()).contains("b (ioverlay.node~b.cfg.json) is not there");
    }

    @Test
    void aFileMayGiveItsNodeAnotherName() throws Exception {
        Files.writeString(folder.resolve("ioverlay.node~a.cfg.json"), "{\"name\": \"other\"}");

        assertThat(run(folder, "other")).isZero();

        assertThat(text()).doesNotContain("is not there");
    }

    @Test
    void filesThatAskForTheSameNodeAreWrongBeforeAnyIsMade() throws Exception {
        configure("a");
        Files.writeString(folder.resolve("ioverlay.node~b.cfg.json"), "{\"name\": \"a\"}");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(folder, "a"))
                .withMessage("ioverlay.node~b.cfg.json: a node's name is unique, and 'a' is also asked for by"
                        + " ioverlay.node~a.cfg.json");
        assertThat(container.created).isEmpty();
    }

    @Test
    void aFileThatIsNoJsonIsWrongAndNamed() throws Exception {
        Files.writeString(folder.resolve("ioverlay.node~a.cfg.json"), "{");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(folder))
                .withMessageStartingWith("ioverlay.node~a.cfg.json: ")
                .withMessageContaining("one JSON object");
    }

    @Test
    void eachFileThatTheContainerRefusesGivesASentence() throws Exception {
        configure("a");
        configure("b");
        configure("c");
        refuse("a", "a port is 0 to 65535, not 70000");
        refuse("c", "the address is in use");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(folder, "b"))
                .withMessage("ioverlay.node~a.cfg.json: a port is 0 to 65535, not 70000" + System.lineSeparator()
                        + "ioverlay.node~c.cfg.json: the address is in use");
        assertThat(text()).as("neither a table nor a shell").isEmpty();
    }

    private void refuse(String node, String sentence) {
        JsonObject detail = new JsonObject();
        detail.addProperty("pid", "ioverlay.node~" + node);
        container.events.add(new Event(Instant.EPOCH, "node.refused", "", sentence, detail));
    }

    @Test
    void withoutFilesItSaysWhatIsMissing() throws Exception {
        assertThat(run(folder)).isZero();

        assertThat(text()).contains("No nodes: there is no ioverlay.node~NAME.cfg.json in " + folder);
    }

    @Test
    void theDirectoryIsMadeIfItIsNotThere() throws Exception {
        assertThat(run(folder.resolve("new"))).isZero();

        assertThat(folder.resolve("new")).isDirectory();
    }

    @Test
    void aFileIsNoDataDirectory() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(file))
                .withMessageContaining("--data needs a directory, not '" + file + "': there is a file of that name");
    }

    @Test
    void aVariableThatIsNotSetIsNoDataDirectory() throws Exception {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(Path.of("")))
                .withMessage("--data needs a directory, not ''");
    }

    @Test
    void theDefaultDirectoryFollowsTheRulesOfXdg() {
        assertThat(DataDirectory.ofUser(Map.of("XDG_DATA_HOME", "/data"), "/home/me"))
                .hasToString("/data/ioverlay");
        assertThat(DataDirectory.ofUser(Map.of(), "/home/me")).hasToString("/home/me/.local/share/ioverlay");
        assertThat(DataDirectory.ofUser(Map.of("XDG_DATA_HOME", "relative"), "/home/me"))
                .hasToString("/home/me/.local/share/ioverlay");
    }

    @Test
    void aConfigurationKeepsNumbersTextsAndLists() {
        var properties = ConfigFiles.properties(
                "{\"port\": 7001, \"share\": 0.5, \"on\": true, \"slots\": [\"0=relay\"], \"more\": {\"a\": 1}}", "x");

        assertThat(properties.get("port")).isEqualTo(7001L);
        assertThat(properties.get("share")).isEqualTo(0.5);
        assertThat(properties.get("on")).isEqualTo(true);
        assertThat(properties.get("slots")).isEqualTo(new String[] {"0=relay"});
        assertThat(properties.get("more")).isEqualTo("{\"a\":1}");
    }

    @Test
    void aConfigurationThatIsNoObjectIsRefusedWithTheFilesName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigFiles.properties("[1]", "n.cfg.json"))
                .withMessage("a configuration is one JSON object; n.cfg.json is not");
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigFiles.properties("{", "n.cfg.json"));
    }

    @Test
    void theWidthOfATerminalIsItsSecondNumber() {
        assertThat(Terminal.columns("24 80\n")).isEqualTo(80);
        assertThat(Terminal.columns("0 0\n")).isZero();
        assertThat(Terminal.columns("stty: no terminal")).isZero();
        assertThat(new Terminal(0).canEdit()).isFalse();
        assertThat(new Terminal(60).canRedraw()).isFalse();
    }
}
