package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.Delivery;
import ioverlay.api.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path directory;

    @Test
    void the_first_message_describes_the_file() throws Exception {
        List<Message> messages = new FileFixture(directory, 1000).messages(300);
        FileBegin begin = FileBegin.read(messages.getFirst());
        assertThat(begin).isEqualTo(new FileBegin("film.mkv", 1000, 300, 6));
    }

    @Test
    void messages_are_numbered_from_zero() throws Exception {
        List<Message> messages = new FileFixture(directory, 1000).messages(300);
        assertThat(messages).extracting(Message::sequence).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void the_last_message_has_the_digest() throws Exception {
        FileFixture fixture = new FileFixture(directory, 1000);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(fixture.file)));
        assertThat(FileEnd.read(fixture.messages(300).getLast())).isEqualTo(new FileEnd(1000, sha256, ""));
    }

    @Test
    void the_status_counts_all_messages_and_the_files_bytes() throws Exception {
        FileFixture fixture = new FileFixture(directory, 1000);
        FakeSession session = fixture.sourceSession(300);
        FileSource source = new FileSource();
        source.begin(session);
        new FakeOutlet(100).drain(source, session);
        JsonObject status = source.status();
        assertThat(status.keySet()).containsExactly("bytes", "size", "sha256", "messages");
        assertThat(status.get("bytes").getAsLong()).isEqualTo(1000);
        assertThat(status.get("size").getAsLong()).isEqualTo(1000);
        assertThat(status.get("sha256").getAsString()).hasSize(64);
        assertThat(status.get("messages").getAsLong()).isEqualTo(6);
        source.end();
    }

    @Test
    void four_default_chunks_fill_128_kilobytes() throws Exception {
        FileFixture fixture = new FileFixture(directory, 100_000);
        JsonObject settings = new JsonObject();
        settings.addProperty("path", fixture.file.toString());
        FileSource source = new FileSource();
        source.begin(new FakeSession(settings));
        FakeOutlet outlet = new FakeOutlet(2);
        outlet.call(source);
        assertThat(4 * (24 + outlet.messages().get(1).payloadSize())).isEqualTo(128 << 10);
        source.end();
    }

    @Test
    void a_paced_file_takes_its_time() throws Exception {
        FileFixture fixture = new FileFixture(directory, 100_000);
        JsonObject settings = fixture.sourceSession(1000).settings();
        settings.addProperty("bytesPerSecond", 10_000);
        FakeSession session = new FakeSession(settings);
        FileSource source = new FileSource();
        source.begin(session);
        new FakeOutlet(1000).drain(source, session);
        assertThat(session.now).isEqualTo(10 * SECOND);
        source.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100_000})
    void a_file_of_any_size_takes_the_time_it_is_given(int size) throws Exception {
        FileFixture fixture = new FileFixture(directory, size);
        JsonObject settings = fixture.sourceSession(1000).settings();
        settings.addProperty("millis", 8_000);
        FakeSession session = new FakeSession(settings);
        FileSource source = new FileSource();
        source.begin(session);
        new FakeOutlet(1000).drain(source, session);
        assertThat(session.now).isBetween(8 * SECOND - 1000, 8 * SECOND);
        source.end();
    }

    @Test
    void a_rate_and_a_time_together_are_refused() throws Exception {
        JsonObject settings =
                new FileFixture(directory, 1000).sourceSession(1000).settings();
        settings.addProperty("bytesPerSecond", 10_000);
        settings.addProperty("millis", 8_000);
        assertThatThrownBy(() -> new FileSource().begin(new FakeSession(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file.source: bytesPerSecond or millis is given, not both");
    }

    @Test
    void a_file_is_delivered_reliably() {
        assertThat(new FileSource().delivery()).isEqualTo(Delivery.RELIABLE);
    }

    @Test
    void a_missing_file_is_refused_by_name() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> new FileSource().begin(new FakeSession("{'path': '" + missing + "'}")))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read '" + missing + "': no such file or directory");
    }

    @Test
    void a_directory_is_refused_by_name() {
        assertThatThrownBy(() -> new FileSource().begin(new FakeSession("{'path': '" + directory + "'}")))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read '" + directory + "': it is no regular file");
    }

    @Test
    void a_path_must_be_given() {
        assertThatThrownBy(() -> new FileSource().begin(new FakeSession("{}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file.source: path must be given");
    }

    @Test
    void what_is_no_path_is_refused() {
        assertThatThrownBy(() -> new FileSource().begin(new FakeSession("{'path': '\\u0000'}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no path");
    }

    @Test
    void a_file_that_grows_meanwhile_fails_and_the_sinks_are_told() throws Exception {
        FileFixture fixture = new FileFixture(directory, 1000);
        FileSource source = new FileSource();
        source.begin(fixture.sourceSession(300));
        FakeOutlet outlet = new FakeOutlet(2);
        outlet.call(source);
        Files.write(fixture.file, new byte[1], StandardOpenOption.APPEND);
        assertThatThrownBy(() -> callUntilFinished(outlet, source))
                .isInstanceOf(IOException.class)
                .hasMessage("'" + fixture.file + "' is longer than the 1000 bytes that it had at first");
        assertThat(FileEnd.read(outlet.messages().getLast()).failure()).isEqualTo("it could not read the whole file");
        source.end();
    }

    @Test
    void a_file_that_shrinks_meanwhile_fails_and_nothing_of_the_memory_is_sent() throws Exception {
        FileFixture fixture = new FileFixture(directory, 1000);
        FileSource source = new FileSource();
        source.begin(fixture.sourceSession(300));
        FakeOutlet outlet = new FakeOutlet(2);
        outlet.call(source);
        Files.write(fixture.file, new byte[400]);
        assertThatThrownBy(() -> callUntilFinished(outlet, source))
                .isInstanceOf(IOException.class)
                .hasMessage("'" + fixture.file + "' is shorter than the 1000 bytes that it had at first");
        byte[] cut = new byte[300];
        outlet.messages().get(2).payload().get(cut);
        assertThat(cut).containsOnly(0);
        source.end();
    }

    @Test
    void a_file_that_the_system_makes_up_on_reading_fails() throws Exception {
        Path madeUp = Path.of("/proc/self/status");
        assumeThat(madeUp).exists();
        FileSource source = new FileSource();
        source.begin(new FakeSession("{'path': '" + madeUp + "'}"));
        assertThatThrownBy(() -> callUntilFinished(new FakeOutlet(2), source))
                .isInstanceOf(IOException.class)
                .hasMessage("'" + madeUp + "' is longer than the 0 bytes that it had at first");
        source.end();
    }

    @Test
    void the_sink_of_a_file_that_changed_leaves_nothing_behind() throws Exception {
        FileFixture fixture = new FileFixture(directory, 1000);
        FileSource source = new FileSource();
        source.begin(fixture.sourceSession(300));
        FakeOutlet outlet = new FakeOutlet(2);
        outlet.call(source);
        Files.write(fixture.file, new byte[1], StandardOpenOption.APPEND);
        assertThatThrownBy(() -> callUntilFinished(outlet, source)).isInstanceOf(IOException.class);
        FileSink sink = fixture.sink();
        outlet.messages().forEach(sink::consume);
        assertThat(FileFixture.state(sink)).isEqualTo("broken");
        assertThat(FileFixture.failure(sink)).isEqualTo("the source gave up: it could not read the whole file");
        assertThat(fixture.left()).isEmpty();
    }

    private static void callUntilFinished(FakeOutlet outlet, FileSource source) throws Exception {
        while (outlet.call(source) != Application.FINISHED) {
            assertThat(outlet.count()).isLessThan(100);
        }
    }
}
