package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.container.SwapResult.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    @TempDir
    private Path folder;

    private final FakeTicker ticker = new FakeTicker();
    private final FakeContainer container = new FakeContainer(ticker);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> printedBeforeShell = new ArrayList<>();
    private final List<ObserverOptions> observers = new ArrayList<>();
    private Path file;
    private Path bundle;

    @BeforeEach
    void makeAFile() throws IOException {
        file = Files.write(folder.resolve("file"), new byte[100_000]);
        bundle = folder.resolve("relay-1.1.0.jar");
    }

    private int run(DemoOptions options) throws Exception {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Shell shell = () -> {
            printedBeforeShell.add(text());
            return Shell.End.LEFT;
        };
        Up.Watching watching = (elsewhere, embedded, directory) -> {
            embedded.ifPresent(observers::add);
            return embedded.isEmpty() ? Watched.NOT : UpTest.watched(URI.create("http://127.0.0.1:8080/"), nodes -> {});
        };
        return new Demo(container::steering, bundle, ticker, new Screen(out, false), watching, shell).run(options);
    }

    private DemoOptions options(int nodes) {
        return new DemoOptions(file, nodes, true, Optional.of(folder.resolve("result.json")), Optional.empty());
    }

    @Test
    void thePageIsPrintedBeforeTheFileFlows() throws Exception {
        ObserverOptions wanted = ObserverOptions.at(ObserverFlags.ANY);

        assertThat(run(new DemoOptions(file, 2, true, Optional.empty(), Optional.of(wanted))))
                .isZero();

        assertThat(observers).containsExactly(wanted);
        assertThat(text()).containsSubsequence("page    http://127.0.0.1:8080/", "11 %");
    }

    @Test
    void everyNodeHasAPlaceOfItsOwnOnTheMap() throws Exception {
        run(options(40));

        assertThat(container.created)
                .extracting(node -> node.location().orElseThrow())
                .doesNotHaveDuplicates();
    }

    private JsonObject result() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("result.json")))
                .getAsJsonObject();
    }

    private List<Long> swapsAtByte() throws IOException {
        return result().getAsJsonArray("swaps").asList().stream()
                .map(swap -> swap.getAsJsonObject().get("atByte").getAsLong())
                .toList();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Path copies() {
        return Path.of(container.started.get("n2").settings().get("path").getAsString())
                .getParent();
    }

    @Test
    void itPassesWhenEveryCopyIsIntactAndEveryNodeWasSwappedTwice() throws Exception {
        assertThat(run(options(8))).isZero();

        assertThat(result().get("passed").getAsBoolean()).isTrue();
        assertThat(result().getAsJsonObject("file").get("intact").getAsInt()).isEqualTo(7);
        assertThat(result().getAsJsonArray("swaps")).hasSize(16);
        assertThat(text()).contains("passed: 7 of 7 copies intact, 16 swaps");
    }

    @Test
    void theNextVersionIsAddedToTheRepositoryWhileTheContainerRuns() throws Exception {
        run(options(2));

        assertThat(container.added).containsExactly(bundle.toUri());
    }

    @Test
    void everyNodeRelaysToItsChildrenAndAllButTheSourceDeliver() throws Exception {
        run(options(3));

        assertThat(container.settings("n1"))
                .hasToString("{\"next\":[\"127.0.0.1:7002\",\"127.0.0.1:7001\"],\"deliver\":false}");
        assertThat(container.settings("n3")).hasToString("{\"next\":[],\"deliver\":true}");
    }

    @Test
    void theFileTakesAtLeastEightSeconds() throws Exception {
        run(options(2));

        assertThat(ticker.now()).isGreaterThan(Pace.LEAST.toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 17, 1000, 1_000_000})
    void everySwapHappensBetweenTheFirstAndTheLastByteOfAnyFile(int bytes) throws Exception {
        Files.write(file, new byte[bytes]);

        assertThat(run(options(8))).isZero();

        assertThat(swapsAtByte()).hasSize(16).allMatch(atByte -> atByte > 0 && atByte < bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFileWithoutAnInBetweenPassesToo(int bytes) throws Exception {
        Files.write(file, new byte[bytes]);

        assertThat(run(options(8))).isZero();

        assertThat(swapsAtByte()).hasSize(16).allMatch(atByte -> atByte >= 0 && atByte <= bytes);
    }

    @Test
    void aCopyThatIsNotTheFileFailsAndIsNamed() throws Exception {
        container.corrupt = "n3";

        assertThat(run(options(4))).isEqualTo(1);

        assertThat(result().get("passed").getAsBoolean()).isFalse();
        assertThat(result().getAsJsonObject("file").get("intact").getAsInt()).isEqualTo(2);
        assertThat(text()).contains("FAILED: n3's copy is not the file");
    }

    @Test
    void aRefusedSwapFailsWithItsReason() throws Exception {
        container.outcome = Outcome.REFUSED;

        assertThat(run(options(2))).isEqualTo(1);

        assertThat(text()).contains("FAILED: the swap n1 1.0.0 to 1.1.0 was refused: as the test wants it");
    }

    @Test
    void aTransferThatDoesNotMoveFailsAfterHalfAMinuteAndNamesWhoWaits() throws Exception {
        container.cutOff = "n4";

        assertThat(run(options(8))).isEqualTo(1);

        assertThat(text()).contains("FAILED: nothing has moved for 30 s: n4 waits with 0 B of the file");
        assertThat(result().getAsJsonObject("messages"))
                .hasToString("{\"sent\":70,\"delivered\":60,\"lost\":10,\"duplicated\":0,\"reordered\":0}");
    }

    @Test
    void theCopiesAreRemovedAndTheOutputSaysSo() throws Exception {
        run(options(2));

        assertThat(copies().getFileName().toString()).startsWith("ioverlay-demo-");
        assertThat(copies()).doesNotExist();
        assertThat(text()).contains(copies() + " removed");
    }

    @Test
    void anInterruptEndsItAndRemovesTheCopies() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> run(options(2)));

        assertThat(copies()).doesNotExist();
        assertThat(folder.resolve("result.json")).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsAWrongArgumentAndNothingStarts() {
        file = folder.resolve("none");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(options(2)))
                .withMessage("--file needs a file that can be read, not '" + file + "': no such file");
        assertThat(container.created).isEmpty();
    }

    @Test
    void aFolderIsNoFile() {
        file = folder;

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(options(2)))
                .withMessageContaining("it is no regular file");
    }

    @Test
    void aResultThatCannotBeWrittenIsFoundOutBeforeAnythingStarts() {
        Path nowhere = folder.resolve("none").resolve("result.json");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(new DemoOptions(file, 2, true, Optional.of(nowhere), Optional.empty())))
                .withMessageContaining("--json needs a file that can be written, not '" + nowhere + "'");
        assertThat(container.created).isEmpty();
    }

    @Test
    void withExitThereIsNoShell() throws Exception {
        run(options(2));

        assertThat(printedBeforeShell).isEmpty();
    }

    @Test
    void withoutExitTheShellStaysOpenAfterTheSummary() throws Exception {
        run(new DemoOptions(file, 2, false, Optional.empty(), Optional.empty()));

        assertThat(printedBeforeShell).singleElement().asString().contains("passed:");
    }

    @Test
    void nothingButPathsAndTheDigestIsWiderThanEightyColumns() throws Exception {
        run(options(64));

        assertThat(text().lines().filter(line -> !line.contains("/") || line.contains("MB/s")))
                .filteredOn(line -> !line.contains("sha256"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
}
