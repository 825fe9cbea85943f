package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.Application;
import ioverlay.api.Delivery;
import ioverlay.api.Message;
import ioverlay.app.FakeOutlet;
import ioverlay.app.FakeSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSourceTest {
    private static final long SECOND = 1_000_000_000;
    private static final List<byte[]> PACKETS = Recorded.packets(30);
    private static final byte[] STREAM = Recorded.joined(PACKETS);

    /** Six pictures, and some packets of the next. */
    private static final int HALF = (Recorded.joined(Recorded.packets(6)).length / Packet.BYTES + 5) * Packet.BYTES;

    @TempDir
    private Path folder;

    private final FakeOutlet outlet = new FakeOutlet(1000);
    private final LiveStream source = new LiveStream(() -> Instant.ofEpochSecond(1));
    private FakeSession session = new FakeSession("{}");

    private void begin(String settings) throws Exception {
        session = new FakeSession(settings);
        source.begin(session);
    }

    @AfterEach
    void end() {
        source.end();
    }

    private String status(String name) {
        return source.status().get(name).getAsString();
    }

    /** Lets it go on until it holds; its clock stands still. */
    private void until(BooleanSupplier holds) throws Exception {
        long deadline = System.nanoTime() + 10 * SECOND;
        while (!holds.getAsBoolean()) {
            outlet.call(source);
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 10 s; the source says " + source.status());
            }
            Thread.onSpinWait();
        }
    }

    private List<Integer> units() {
        return outlet.messages().stream()
                .map(message -> (int) Piece.read(message.payload()).unit())
                .toList();
    }

    @Test
    void the_test_picture_comes_when_each_is_due_one_message_each() throws Exception {
        begin("{'input': 'test'}");
        assertThat(source.delivery()).isEqualTo(Delivery.LIVE);
        while (session.now < SECOND) {
            session.now = outlet.call(source);
        }
        assertThat(outlet.count()).isBetween(23, 26);
        assertThat(outlet.messages()).extracting(Message::sequence).startsWith(0L, 1L, 2L);
        assertThat(outlet.messages().stream().mapToLong(Message::payloadSize).sum() / (double) outlet.count())
                .as("bytes of a picture at 250000 bytes and 25 pictures a second")
                .isBetween(9_500.0, 10_500.0);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void datagrams_become_pictures_and_those_of_other_sizes_a_sentence() throws Exception {
        int port = freePort();
        begin("{'input': 'udp://127.0.0.1:" + port + "'}");
        try (DatagramSocket encoder = new DatagramSocket()) {
            InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            encoder.send(new DatagramPacket(new byte[1328], 1328, to));
            encoder.send(new DatagramPacket(new byte[188], 188, to));
            until(() -> status("wrongDatagrams").equals("2"));
            assertThat(status("failure")).isEqualTo("a packet begins with 0x47, not with 0x0");
            for (int at = 0; at < STREAM.length; at += 7 * Packet.BYTES) {
                byte[] next = Arrays.copyOfRange(STREAM, at, Math.min(STREAM.length, at + 7 * Packet.BYTES));
                encoder.send(new DatagramPacket(next, next.length, to));
                outlet.call(source);
            }
            until(() -> outlet.count() == 29); // the last waits for the begin of the next
            assertThat(units()).startsWith(0, 1, 2).endsWith(28);
            assertThat(status("state")).isEqualTo("playing");
            assertThat(status("codec")).isEqualTo("MPEG-2 video");
        }
    }

    @Test
    void a_port_in_use_is_refused_with_a_sentence() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String input = "udp://127.0.0.1:" + other.getLocalPort();
            assertThatThrownBy(() -> begin("{'input': '" + input + "'}"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("stream: cannot listen at " + input + ": Address already in use");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"it ends", "it resets the connection"})
    void half_a_picture_that_a_server_leaves_behind_is_not_sent_and_counted(String how) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            begin("{'input': 'http://127.0.0.1:" + server.getLocalPort() + "/live.ts'}");
            outlet.call(source);
            try (Socket socket = server.accept()) {
                byte[] head = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(STREAM, 0, HALF);
                until(() -> outlet.count() == 6);
                socket.setSoLinger(how.startsWith("it resets"), 0);
            }
            until(() -> status("brokenPictures").equals("1"));
            outlet.call(source);
            assertThat(units()).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    @Test
    void a_file_that_was_cut_off_ends_with_its_last_whole_picture() throws Exception {
        Path file = Files.write(folder.resolve("film.ts"), Arrays.copyOf(STREAM, HALF));
        begin("{'input': 'file:" + file + "'}");
        for (long next = 0; next != Application.FINISHED; next = outlet.call(source)) {
            session.now = Math.max(session.now, next);
        }
        assertThat(units()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(status("brokenPictures")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_stream_is_fetched_by_http_in_chunks_or_not_and_again_when_it_ends(boolean isChunked) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            begin("{'input': 'http://127.0.0.1:" + server.getLocalPort() + "/live.ts'}");
            outlet.call(source);
            try (Socket socket = server.accept()) {
                outlet.call(source);
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(request.readLine()).isEqualTo("GET /live.ts HTTP/1.1");
                assertThat(request.lines().takeWhile(line -> !line.isEmpty()))
                        .contains("Host: 127.0.0.1:" + server.getLocalPort());
                answer(socket, isChunked);
            }
            until(() -> outlet.count() == 30);
            until(() -> status("failure").endsWith("the server ended it; tried again each second"));
            session.now += SECOND;
            outlet.call(source);
            server.accept().close();
            until(() -> status("connections").equals("2"));
        }
    }

    private static void answer(Socket socket, boolean isChunked) throws IOException {
        var out = socket.getOutputStream();
        String head = "HTTP/1.1 200 OK\r\n" + (isChunked ? "Transfer-Encoding: chunked\r\n" : "") + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < STREAM.length; at += 1000) {
            int size = Math.min(1000, STREAM.length - at);
            out.write((isChunked ? Integer.toHexString(size) + ";a=b\r\n" : "").getBytes(StandardCharsets.US_ASCII));
            out.write(STREAM, at, size);
            out.write((isChunked ? "\r\n" : "").getBytes(StandardCharsets.US_ASCII));
        }
        out.write((isChunked ? "0\r\n\r\n" : "").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        socket.shutdownOutput();
    }

    @Test
    void a_server_that_says_no_is_a_sentence_and_is_asked_again() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            begin("{'input': 'http://127.0.0.1:" + server.getLocalPort() + "/live.ts'}");
            outlet.call(source);
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                until(() -> status("failure").contains("the answer is 'HTTP/1.1 404 Not Found'"));
            }
        }
    }

    @Test
    void nobody_at_the_other_end_is_a_sentence() throws Exception {
        begin("{'input': 'http://127.0.0.1:1/'}");
        until(() -> status("failure").contains("Connection refused"));
        assertThat(status("state")).isEqualTo("waiting");
    }

    @Test
    void a_file_goes_at_the_pace_of_its_clock_and_ends() throws Exception {
        Path file = Files.write(folder.resolve("film.ts"), STREAM);
        begin("{'input': 'file:" + file + "'}");
        long next = 0;
        while (next != Application.FINISHED) {
            session.now = Math.max(session.now, next);
            next = outlet.call(source);
        }
        assertThat(units()).hasSize(30);
        assertThat(session.now).as("29 periods of 40 ms").isBetween(29 * SECOND / 25, 30 * SECOND / 25);
        assertThat(status("state")).isEqualTo("ended");
    }

    @Test
    void a_file_that_is_no_stream_ends_with_a_sentence() throws Exception {
        Path file = Files.write(folder.resolve("film.ts"), new byte[100_000]);
        begin("{'input': 'file:" + file + "'}");
        assertThat(outlet.call(source)).isEqualTo(Application.FINISHED);
        assertThat(status("failure")).startsWith("'" + file + "' is not all packets that begin with 0x47: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'input': 'rtp://127.0.0.1:5000'}",
                "{'input': 'udp://127.0.0.1'}",
                "{'input': 'udp://10.0.0.1:5000'}",
                "{'input': 'udp://here:5000'}",
                "{'input': 'http:///x'}",
                "{'input': 'x y'}",
                "{'input': ''}",
                "{'input': 5}",
                "{'input': 'test', 'port': 8080}",
                "{'input': 'test', 'messageBytes': 100}",
                "{'input': 'test', 'bytesPerSecond': 1}",
                "{'input': 'udp://127.0.0.1:5000', 'bytesPerSecond': 200000}"
            })
    void wrong_settings_are_refused(String settings) {
        assertThatThrownBy(() -> begin(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stream: ");
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> begin("{'input': 'file:" + folder + "/no.ts'}"))
                .isInstanceOf(IOException.class)
                .hasMessage("stream: '" + folder + "/no.ts' is no file");
    }
}
