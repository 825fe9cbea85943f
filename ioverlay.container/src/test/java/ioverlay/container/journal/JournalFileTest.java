package ioverlay.container.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalFileTest {
    /** A disk that forces nothing, since thousands of journals are opened here; it may be small. */
    private static final class Small implements Storage {
        private int left = Integer.MAX_VALUE;

        @Override
        public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            int fits = Math.min(left, bytes.remaining());
            boolean all = fits == bytes.remaining();
            ByteBuffer part = bytes.slice(bytes.position(), fits);
            while (part.hasRemaining()) {
                channel.write(part);
            }
            if (!all) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void forceNames(Path directory) {}
    }

    /** Kept, since the level goes with the logger. Each damage is a line in the log: thousands here. */
    private static final Logger LOG = Logger.getLogger(JournalFile.class.getName());

    @BeforeAll
    static void beSilent() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @TempDir
    private Path directory;

    private int copies;

    private static NodeEntry node(String name, String version) {
        SlotSpec slot = SlotSpec.of("relay").withVersions("[1.0,2)");
        NodeSpec spec = NodeSpec.named(name).withAddress("127.0.0.1", 7001);
        return new NodeEntry(spec, "", Map.of(1, new SlotEntry(slot, version, "")), Map.of());
    }

    @Test
    void a_node_without_location_and_observer_is_written_as_before_and_one_with_them_comes_back_with_them() {
        NodeEntry plain = node("a", "1.0.0");
        NodeEntry placed = new NodeEntry(
                plain.spec()
                        .withLocation(new Location(45.5, -73.6, "Montréal"))
                        .withObserver(NodeId.parse("127.0.0.1:9000")),
                "",
                plain.slots(),
                Map.of());

        assertThat(Records.made(plain).keySet()).doesNotContain("location", "observer");
        assertThat(Records.made(Records.made(plain))).isEqualTo(plain);
        assertThat(Records.made(placed).get("location").getAsString()).isEqualTo("45.5,-73.6,Montréal");
        assertThat(Records.made(Records.made(placed))).isEqualTo(placed);
    }

    private static SwapResult result(String id) {
        JsonObject settings = new JsonObject();
        settings.addProperty("ö", 1);
        SwapRequest request = new SwapRequest(
                "a", -1, "relay", "[1,2)", Optional.of(settings), new Probation(Duration.ofMillis(5), 2, 0.5), id);
        return new SwapResult(
                request,
                "1.0.0",
                "1.1.0",
                Outcome.SWITCHED,
                SwapPhase.PROBATION,
                "it serves",
                Map.of(SwapPhase.SWITCH, Duration.ofNanos(7)),
                Duration.ofNanos(5),
                1,
                2,
                3,
                4);
    }

    private static List<JsonObject> records() {
        return List.of(
                Records.made(node("a", "1.0.0")),
                Records.started("a", new ApplicationSpec("sink", 7, new JsonObject())),
                Records.trial("a", 1, "relay", "1.1.0"),
                Records.chosen("a", 1, "1.1.0", SlotSpec.of("relay").withVersions("[1.1.0,1.1.0]")),
                Answers.answered(result("id")),
                Records.made(node("b", "1.0.0")),
                Records.emulated("b", emulation("{'out':5000,'links':[{'to':'127.0.0.1:7001','loss':0.5}]}")),
                Records.removed("a"));
    }

    private static Emulation emulation(String text) {
        return Emulation.NONE.changed(JsonParser.parseString(text).getAsJsonObject());
    }

    private Path fresh() throws IOException {
        return Files.createDirectory(directory.resolve(Integer.toString(copies++)));
    }

    private Path written(List<JsonObject> records) throws Exception {
        Path into = fresh();
        try (JournalFile file = JournalFile.open(into, new Book(), new Small())) {
            for (JsonObject record : records) {
                file.append(record);
            }
        }
        return into;
    }

    private static List<JsonObject> read(Path from) throws JournalException {
        Book book = new Book();
        JournalFile.open(from, book, new Small()).close();
        return book.records();
    }

    /** Those of them that are short. */
    private static List<JsonObject> few() {
        return records().stream()
                .filter(record -> !List.of("answered", "emulated")
                        .contains(record.get("kind").getAsString()))
                .toList();
    }

    private static List<JsonObject> gist(List<JsonObject> records) {
        Book book = new Book();
        records.forEach(book::apply);
        return book.records();
    }

    private static List<Path> damaged(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(file -> file.getFileName().toString().startsWith("journal.damaged-"))
                    .toList();
        }
    }

    @Test
    void whatWasWrittenIsReadAgain() throws Exception {
        assertThat(read(written(records()))).isEqualTo(gist(records())).hasSize(3);
        Book book = new Book();
        JournalFile.open(written(records()), book).close();
        assertThat(book.answer("id")).contains(result("id"));
        assertThat(book.node("b"))
                .contains(
                        node("b", "1.0.0").in(emulation("{'out':5000,'links':[{'to':'127.0.0.1:7001','loss':0.5}]}")));
    }

    @Test
    void theNetworkThatANodeIsToBelieveInIsKeptAsItWasSaidLast() {
        NodeSpec spec =
                NodeSpec.named("a").withEmulation(emulation("{'total':7000}")).withInactivityMillis(300);
        Book book = new Book();
        book.apply(Records.made(new NodeEntry(spec, "", Map.of(), Map.of())));
        assertThat(book.nodes()).singleElement().extracting(NodeEntry::spec).isEqualTo(spec);
        book.apply(Records.emulated("a", emulation("{'in':8000}")));
        book.apply(Records.emulated("nobody", emulation("{'in':9000}")));
        Book again = new Book();
        book.records().forEach(again::apply);
        assertThat(again.nodes())
                .singleElement()
                .extracting(NodeEntry::spec)
                .isEqualTo(spec.withEmulation(emulation("{'in':8000}")));
        book.apply(Records.emulated("a", Emulation.NONE));
        assertThat(book.nodes())
                .singleElement()
                .extracting(NodeEntry::spec)
                .isEqualTo(spec.withEmulation(Emulation.NONE));
    }

    @Test
    void weightsAreKeptAsTheyWereSaidLastUntilTheNodeIsMadeAnew() {
        NodeId first = NodeId.parse("127.0.0.1:7001");
        NodeId second = NodeId.parse("127.0.0.1:7002");
        Book book = new Book();
        book.apply(Records.made(node("a", "1.0.0")));
        book.apply(Records.weighed("a", new WeightStatus(-1, second, 1000)));
        book.apply(Records.weighed("a", new WeightStatus(7, first, 3)));
        book.apply(Records.weighed("a", new WeightStatus(0, first, 2)));
        book.apply(Records.weighed("a", new WeightStatus(7, first, 4)));
        book.apply(Records.weighed("nobody", new WeightStatus(7, first, 5)));
        Book again = new Book();
        book.records().forEach(again::apply);
        assertThat(again.nodes())
                .singleElement()
                .extracting(NodeEntry::weights)
                .isEqualTo(List.of(
                        new WeightStatus(0, first, 2),
                        new WeightStatus(7, first, 4),
                        new WeightStatus(-1, second, 1000)));
        book.apply(Records.emulated("a", emulation("{'in':8000}")));
        assertThat(book.nodes().getFirst().weights()).hasSize(3);
        book.apply(Records.made(node("a", "1.0.0")));
        assertThat(book.nodes().getFirst().weights()).isEmpty();
    }

    @Test
    void aNodeWithoutEmulationIsWrittenAndComparedAsBefore() {
        assertThat(Records.made(node("a", "1.0.0")).toString()).doesNotContain("emulation", "inactivity");
        assertThat(Records.configuration(NodeSpec.named("a"), List.of())).doesNotContain("emulation", "inactivity");
        assertThat(Records.configuration(NodeSpec.named("a").withEmulation(emulation("{'in':8000}")), List.of()))
                .contains("8000");
    }

    @Test
    void aTailTornAtAnyByteIsCutAndSetAside() throws Exception {
        byte[] whole = Files.readAllBytes(written(few()).resolve("journal"));
        int lines = 0;
        for (int length = 1; length <= whole.length; length++) {
            boolean atEnd = whole[length - 1] == '\n';
            lines += atEnd ? 1 : 0;
            Path torn = fresh();
            Files.write(torn.resolve("journal"), Arrays.copyOf(whole, length));
            List<JsonObject> expected = gist(few().subList(0, Math.max(0, lines - 1)));
            assertThat(read(torn)).as("%d bytes", length).isEqualTo(expected);
            assertThat(damaged(torn)).hasSize(atEnd ? 0 : 1);
            assertThat(Files.size(torn.resolve("journal"))).isLessThanOrEqualTo(length + 50L);
        }
        assertThat(lines).isEqualTo(1 + few().size());
    }

    @Test
    void aDamagedRecordInTheMiddleLosesNoOther() throws Exception {
        byte[] whole = Files.readAllBytes(written(few()).resolve("journal"));
        int line = 0;
        for (int at = 0; at < whole.length; at++) {
            if (whole[at] == '\n') {
                line++;
                continue;
            }
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            Path broken = fresh();
            Files.write(broken.resolve("journal"), flipped);
            int lost = line;
            List<JsonObject> left = Stream.iterate(0, i -> i + 1)
                    .limit(few().size())
                    .filter(i -> i + 1 != lost)
                    .map(few()::get)
                    .toList();
            assertThat(read(broken)).as("byte %d", at).isEqualTo(gist(left));
            assertThat(damaged(broken)).hasSize(1);
        }
    }

    @Test
    void somethingElseOfThatNameIsSetAside() throws Exception {
        Path other = fresh();
        Files.writeString(other.resolve("journal"), "Dear diary,\n");
        assertThat(read(other)).isEqualTo(gist(List.of()));
        assertThat(damaged(other))
                .singleElement()
                .satisfies(file -> assertThat(file).hasContent("Dear diary,"));
    }

    @Test
    void aFullDiskRefusesTheRecordAndChangesNothing() throws Exception {
        Path full = fresh();
        Small small = new Small();
        try (JournalFile file = JournalFile.open(full, new Book(), small)) {
            file.append(records().get(0));
            for (int room = 0; room < 30; room++) {
                small.left = room;
                assertThatThrownBy(() -> file.append(records().get(1)))
                        .isInstanceOf(JournalException.class)
                        .hasMessageContainingAll("cannot be written down", "No space left", full.toString());
            }
            small.left = Integer.MAX_VALUE;
            file.append(records().get(5));
        }
        assertThat(read(full))
                .isEqualTo(gist(List.of(records().get(0), records().get(5))));
        assertThat(damaged(full)).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefused() {
        Path nowhere = directory.resolve("none");
        assertThatThrownBy(() -> JournalFile.open(nowhere, new Book()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(nowhere.toString());
    }

    @Test
    void whatANewerVersionHasWrittenIsRefusedAndStays() throws Exception {
        JsonObject format = Records.kind("journal");
        format.addProperty("version", 2);
        for (JsonObject newer : List.of(format, Records.kind("wormhole"))) {
            Path journal = written(List.of(newer)).resolve("journal");
            byte[] before = Files.readAllBytes(journal);
            assertThatThrownBy(() -> read(journal.getParent()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContainingAll("not opened", "newer version");
            assertThat(journal).hasBinaryContent(before);
        }
    }

    @Test
    void itIsWrittenAnewWhenItHasGrown() throws Exception {
        Path grown = fresh();
        Book book = new Book();
        long longest = 0;
        boolean shrank = false;
        try (JournalFile file = JournalFile.open(grown, book, new Small())) {
            for (int round = 0; round < 5000; round++) {
                JsonObject record = records().get(round % 5);
                file.append(record);
                book.apply(record);
                file.compact(book);
                shrank |= file.length() < longest;
                longest = Math.max(longest, file.length());
            }
        }
        assertThat(shrank).isTrue();
        assertThat(longest).isLessThan(2L * JournalFile.SMALL_BYTES);
        assertThat(Files.size(grown.resolve("journal"))).isLessThan(JournalFile.SMALL_BYTES + 1000L);
        assertThat(read(grown)).isEqualTo(book.records());
    }

    @Test
    void aRecordIsALineThatAPersonCanRead() throws Exception {
        Path journal = written(List.of(Records.removed("ö"))).resolve("journal");
        assertThat(Files.readAllLines(journal, UTF_8))
                .first()
                .asString()
                .matches("[0-9a-f]{8} \\{\"kind\":\"journal\",\"version\":1}");
        assertThat(Files.readAllLines(journal, UTF_8))
                .last()
                .asString()
                .endsWith(" {\"kind\":\"removed\",\"node\":\"ö\"}");
    }

    @Test
    void theLastThousandAnswersAreRemembered() {
        Book book = new Book();
        for (int id = 0; id <= Book.MAX_ANSWERS; id++) {
            book.apply(Answers.answered(result(Integer.toString(id))));
        }
        assertThat(book.answer("0")).isEmpty();
        assertThat(book.answer("1")).isPresent();
        assertThat(book.records()).hasSize(1 + Book.MAX_ANSWERS);
    }

    @Test
    void aDirectoryBelongsToOneContainer() throws Exception {
        Path mine = fresh();
        try (DirectoryLock lock = DirectoryLock.take(mine)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.take(mine))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContainingAll(
                            mine.toString(),
                            "process " + ProcessHandle.current().pid());
        }
        DirectoryLock.take(mine).close();
    }
}
