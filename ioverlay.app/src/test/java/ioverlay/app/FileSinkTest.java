package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkTest {
    private static final int CHUNK = 300;

    @TempDir
    private Path directory;

    private FileFixture fixture;
    private List<Message> messages;

    @BeforeEach
    void sendAFile() throws Exception {
        fixture = new FileFixture(directory, 1000);
        messages = fixture.messages(CHUNK);
    }

    private static void assertBroken(FileSink sink, String why) {
        assertThat(FileFixture.failure(sink)).contains(why);
        assertThat(FileFixture.state(sink)).isEqualTo("broken");
    }

    private static Message message(int type, long sequence, String payload) {
        return Message.builder(FakeSession.SELF, type)
                .sequence(sequence)
                .payload(payload.replace('\'', '"'))
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 299, 300, 301, 600, 12_345, 1_000_003})
    void a_file_of_any_size_arrives_bit_by_bit(int size, @TempDir Path elsewhere) throws Exception {
        FileFixture any = new FileFixture(elsewhere, size);
        FileSink sink = any.sink();
        any.messages(CHUNK).forEach(sink::consume);
        assertThat(FileFixture.state(sink)).isEqualTo("intact");
        assertThat(any.target()).hasSameBinaryContentAs(any.file);
        assertThat(any.left()).containsExactly("film.mkv");
    }

    @Test
    void the_status_says_what_the_reader_needs() throws Exception {
        FileSink sink = fixture.sink();
        messages.forEach(sink::consume);
        JsonObject status = sink.status();
        String sha256 = FileEnd.read(messages.getLast()).sha256();
        assertThat(status)
                .hasToString(
                        "{\"state\":\"intact\",\"file\":\"film.mkv\",\"bytes\":1000,\"size\":1000,\"sha256\":\""
                                + sha256
                                + "\",\"messages\":6,\"lost\":0,\"duplicated\":0,\"reordered\":0,\"ignored\":0,\"failure\":\"\"}");
    }

    @Test
    void a_sink_waits_until_it_hears_of_a_file() throws Exception {
        assertThat(FileFixture.state(fixture.sink())).isEqualTo("waiting");
    }

    @Test
    void a_file_that_is_not_complete_has_not_its_name_yet() throws Exception {
        FileSink sink = fixture.sink();
        messages.subList(0, 3).forEach(sink::consume);
        assertThat(FileFixture.state(sink)).isEqualTo("receiving");
        assertThat(sink.status().get("bytes").getAsLong()).isEqualTo(600);
        assertThat(fixture.left()).containsExactly("film.mkv.part");
        sink.end();
    }

    @Test
    void an_end_before_the_file_is_complete_leaves_nothing_behind() throws Exception {
        FileSink sink = fixture.sink();
        messages.subList(0, 3).forEach(sink::consume);
        sink.end();
        assertBroken(sink, "the sink was ended before the file was complete");
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void an_end_after_the_file_keeps_it() throws Exception {
        FileSink sink = fixture.sink();
        messages.forEach(sink::consume);
        sink.end();
        assertThat(FileFixture.state(sink)).isEqualTo("intact");
        assertThat(fixture.left()).containsExactly("film.mkv");
    }

    @Test
    void a_lost_chunk_breaks_the_file_and_is_counted() throws Exception {
        FileSink sink = fixture.sink();
        messages.stream().filter(message -> message.sequence() != 2).forEach(sink::consume);
        assertBroken(sink, "700 of 1000 bytes arrived");
        assertThat(sink.status().get("lost").getAsLong()).isEqualTo(1);
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void duplicates_are_counted_and_do_no_harm() throws Exception {
        FileSink sink = fixture.sink();
        messages.forEach(message -> {
            sink.consume(message);
            sink.consume(message);
        });
        assertThat(FileFixture.state(sink)).isEqualTo("intact");
        assertThat(sink.status().get("messages").getAsLong()).isEqualTo(6);
        assertThat(sink.status().get("duplicated").getAsLong()).isEqualTo(6);
        assertThat(fixture.target()).hasSameBinaryContentAs(fixture.file);
    }

    @Test
    void chunks_in_any_order_make_the_same_file() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            List<Message> chunks = new ArrayList<>(messages.subList(1, messages.size() - 1));
            Collections.shuffle(chunks, new Random(seed));
            FileSink sink = fixture.sink(true);
            sink.consume(messages.getFirst());
            chunks.forEach(sink::consume);
            sink.consume(messages.getLast());
            assertThat(FileFixture.state(sink)).as("seed " + seed).isEqualTo("intact");
            assertThat(fixture.target()).hasSameBinaryContentAs(fixture.file);
        }
    }

    @Test
    void a_changed_bit_breaks_the_file() throws Exception {
        FileSink sink = fixture.sink();
        byte[] payload = new byte[CHUNK];
        messages.get(2).payload().get(payload);
        payload[17] ^= 1;
        sink.consume(messages.get(0));
        sink.consume(messages.get(1));
        sink.consume(Message.builder(FakeSession.SELF, MessageType.DATA)
                .sequence(2)
                .payload(payload)
                .build());
        messages.subList(3, 6).forEach(sink::consume);
        assertBroken(sink, "SHA-256 is ");
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void a_broken_sink_goes_on_counting() throws Exception {
        FileSink sink = fixture.sink();
        sink.consume(messages.getFirst());
        sink.consume(message(MessageType.DATA, 1, "too short"));
        messages.subList(2, 6).forEach(sink::consume);
        assertBroken(sink, "chunk 1 has 300 bytes, not 9");
        assertThat(sink.status().get("messages").getAsLong()).isEqualTo(6);
    }

    @Test
    void a_chunk_that_the_file_has_not_is_refused() throws Exception {
        FileSink sink = fixture.sink();
        sink.consume(messages.getFirst());
        sink.consume(message(MessageType.DATA, 5, "x"));
        assertBroken(sink, "the file's chunks are 1 to 4, not 5");
    }

    @Test
    void a_sink_that_comes_late_says_so() throws Exception {
        FileSink sink = fixture.sink();
        messages.subList(1, 6).forEach(sink::consume);
        assertBroken(sink, "was the sink there in time?");
        assertThat(fixture.left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "",
                "{'size':'many','sha256':'','failure':''}",
                "{'size':1000,'sha256':[],'failure':''}",
                "{'size':999,'sha256':'','failure':''}"
            })
    void a_broken_end_breaks_the_file(String end) throws Exception {
        FileSink sink = fixture.sink();
        messages.subList(0, 5).forEach(sink::consume);
        sink.consume(message(FileEnd.TYPE, 5, end));
        assertThat(FileFixture.state(sink)).isEqualTo("broken");
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void a_second_beginning_breaks_the_file() throws Exception {
        FileSink sink = fixture.sink();
        sink.consume(messages.getFirst());
        sink.consume(message(FileBegin.TYPE, 1, messages.getFirst().text()));
        assertBroken(sink, "a second file began before the first had ended");
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void a_type_that_files_have_not_breaks_the_file() throws Exception {
        FileSink sink = fixture.sink();
        sink.consume(message(0x0103, 0, ""));
        assertBroken(sink, "a file has no messages of type 0x103");
    }

    @Test
    void messages_of_another_originator_are_ignored() throws Exception {
        FileSink sink = fixture.sink();
        sink.consume(messages.getFirst());
        sink.consume(Message.builder(NodeId.parse("127.0.0.1:9"), MessageType.DATA)
                .sequence(1)
                .build());
        messages.subList(1, 6).forEach(sink::consume);
        assertThat(FileFixture.state(sink)).isEqualTo("intact");
        assertThat(sink.status().get("ignored").getAsLong()).isEqualTo(1);
    }

    @Test
    void a_name_with_a_path_is_refused() throws Exception {
        FileSink sink = fixture.sink();
        sink.consume(message(FileBegin.TYPE, 0, "{'file':'../evil','size':1,'chunkBytes':1,'messages':3}"));
        assertBroken(sink, "a file's name has 1 to 250 bytes and no path, not '../evil'");
        assertThat(directory.resolve("evil")).doesNotExist();
    }

    @Test
    void an_existing_file_stays() throws Exception {
        FileSink sink = fixture.sink();
        Files.writeString(fixture.target(), "precious");
        messages.forEach(sink::consume);
        assertBroken(sink, "'" + fixture.target() + "' exists already, and the setting overwrite is not true");
        assertThat(fixture.target()).hasContent("precious");
        assertThat(fixture.left()).containsExactly("film.mkv");
    }

    @Test
    void a_file_that_appears_meanwhile_stays() throws Exception {
        FileSink sink = fixture.sink();
        messages.subList(0, 5).forEach(sink::consume);
        Files.writeString(fixture.target(), "precious");
        sink.consume(messages.getLast());
        assertBroken(sink, "exists already");
        assertThat(fixture.target()).hasContent("precious");
        assertThat(fixture.left()).containsExactly("film.mkv");
    }

    @Test
    void an_existing_file_is_replaced_on_request() throws Exception {
        Files.writeString(fixture.target(), "old");
        FileSink sink = fixture.sink(true);
        messages.forEach(sink::consume);
        assertThat(fixture.target()).hasSameBinaryContentAs(fixture.file);
    }

    @Test
    void an_existing_file_survives_a_broken_replacement() throws Exception {
        Files.writeString(fixture.target(), "old");
        FileSink sink = fixture.sink(true);
        messages.subList(0, 3).forEach(sink::consume);
        sink.end();
        assertThat(fixture.target()).hasContent("old");
        assertThat(fixture.left()).containsExactly("film.mkv");
    }

    @Test
    void what_a_killed_sink_left_is_written_over() throws Exception {
        Files.writeString(fixture.received.resolve("film.mkv.part"), "x".repeat(5000));
        FileSink sink = fixture.sink();
        messages.forEach(sink::consume);
        assertThat(fixture.target()).hasSameBinaryContentAs(fixture.file);
        assertThat(fixture.left()).containsExactly("film.mkv");
    }

    @Test
    void what_another_sink_is_writing_is_left_alone() throws Exception {
        FileSink first = fixture.sink();
        FileSink second = fixture.sink();
        first.consume(messages.getFirst());
        second.consume(messages.getFirst());
        assertBroken(second, "something else is writing it");
        messages.subList(1, 6).forEach(first::consume);
        assertThat(FileFixture.state(first)).isEqualTo("intact");
        assertThat(fixture.target()).hasSameBinaryContentAs(fixture.file);
    }

    @Test
    void a_file_goes_to_the_path_that_is_given() throws Exception {
        Path target = fixture.received.resolve("other.name");
        FileSink sink = new FileSink();
        sink.begin(new FakeSession("{'path': '" + target + "'}"));
        messages.forEach(sink::consume);
        assertThat(target).hasSameBinaryContentAs(fixture.file);
    }

    @Test
    void a_path_that_exists_is_refused_at_once() throws Exception {
        Path target = Files.writeString(fixture.received.resolve("there"), "x");
        assertThatThrownBy(() -> new FileSink().begin(new FakeSession("{'path': '" + target + "'}")))
                .isInstanceOf(IOException.class)
                .hasMessage("'" + target + "' exists already, and the setting overwrite is not true");
    }

    @Test
    void a_path_that_is_a_directory_is_refused_at_once() {
        assertThatThrownBy(() -> new FileSink()
                        .begin(new FakeSession("{'path': '" + fixture.received + "', 'overwrite': true}")))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write '" + fixture.received + "': it is a directory");
    }

    @Test
    void a_directory_that_is_not_there_is_refused_by_name() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> new FileSink().begin(new FakeSession("{'directory': '" + missing + "'}")))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write in '" + missing + "': there is no such directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'directory': '/a', 'path': '/b'}"})
    void one_of_directory_and_path_must_be_given(String settings) {
        assertThatThrownBy(() -> new FileSink().begin(new FakeSession(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("file.sink: one of directory and path must be given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "\\u0000"})
    void what_is_no_path_of_a_file_is_refused(String path) {
        assertThatThrownBy(() -> new FileSink().begin(new FakeSession("{'path': '" + path + "'}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("file.sink: ");
    }

    @Test
    void begin_leaves_nothing_behind() throws Exception {
        fixture.sink();
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_written_on_is_named() throws Exception {
        PartFile file = PartFile.open(directory.resolve("x"), false);
        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), Long.MAX_VALUE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write '" + directory.resolve("x.part") + "': ");
        file.discard();
    }
}
