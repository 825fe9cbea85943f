package ioverlay.io.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one side writes is small enough for the kernel to take, so that one thread can play both. */
@Timeout(30)
class HandshakeTest {
    private static final Hello DIALLER =
            new Hello(NodeId.parse("127.0.0.1:7000"), 1, Hello.NODE, 1 << 20, 4096, 256 << 10);
    private static final Hello ACCEPTOR =
            new Hello(NodeId.parse("127.0.0.1:7001"), 2, Hello.NODE, 1 << 10, 8192, 128 << 10);

    private ChannelPair pair;

    @BeforeEach
    void open() throws IOException {
        pair = ChannelPair.open();
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    private void says(byte[] bytes) throws IOException {
        pair.dialled().write(ByteBuffer.wrap(bytes));
    }

    private void refusedBecause(String why) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Handshake.accept(pair.accepted()))
                .withMessageContaining(why);
    }

    private static byte[] opening(int type, int payloadSize) {
        ByteBuffer bytes = ByteBuffer.allocate(Header.BYTES);
        bytes.putShort(0, (short) type).putShort(2, (short) 1).putInt(20, payloadSize);
        return bytes.array();
    }

    @Test
    void both_sides_learn_of_each_other() throws IOException {
        Handshake.welcome(pair.accepted(), ACCEPTOR);
        assertThat(Handshake.dial(pair.dialled(), DIALLER)).isEqualTo(ACCEPTOR);
        assertThat(Handshake.accept(pair.accepted())).isEqualTo(DIALLER);
    }

    @Test
    void not_a_byte_more_than_the_opening_is_read() throws IOException {
        pair.dialled().write(DIALLER.encode(LinkType.HELLO));
        says(new byte[] {42});
        Handshake.accept(pair.accepted());
        ByteBuffer next = ByteBuffer.allocate(10);
        assertThat(pair.accepted().read(next)).isOne();
        assertThat(next.get(0)).isEqualTo((byte) 42);
    }

    @Test
    void an_opening_may_come_in_pieces() throws Exception {
        ByteBuffer hello = DIALLER.encode(LinkType.HELLO);
        Thread pieces = Thread.ofVirtual().start(() -> {
            try {
                while (hello.hasRemaining()) {
                    pair.dialled().write(ByteBuffer.wrap(new byte[] {hello.get()}));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(Handshake.accept(pair.accepted())).isEqualTo(DIALLER);
        pieces.join();
    }

    @Test
    void a_refusal_arrives_as_its_sentence() throws IOException {
        Handshake.refuse(pair.accepted(), ACCEPTOR, "no room");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Handshake.dial(pair.dialled(), DIALLER))
                .withMessage("the peer refused: no room");
    }

    @Test
    void a_long_refusal_is_cut_so_that_the_dialler_takes_it() throws IOException {
        Handshake.refuse(pair.accepted(), ACCEPTOR, "long ".repeat(1000));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Handshake.dial(pair.dialled(), DIALLER))
                .withMessageStartingWith("the peer refused: long long")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(1100));
    }

    @Test
    void tls_is_named() throws IOException {
        says(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        refusedBecause("the peer speaks TLS, this port does not");
    }

    @Test
    void a_web_browser_is_refused() throws IOException {
        says("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        refusedBecause("a link opens with a message of type 0xc001");
    }

    @Test
    void another_message_first_is_refused() throws IOException {
        says(opening(LinkType.WELCOME, 44));
        refusedBecause("a link opens with a message of type 0xc001");
    }

    @Test
    void an_opening_of_more_than_a_kilobyte_is_refused_before_it_is_read() throws IOException {
        says(opening(LinkType.HELLO, 1001));
        refusedBecause("at most 1000 bytes of payload, not type 0xc001 and 1001 bytes");
    }

    @Test
    void a_size_beyond_an_int_is_refused() throws IOException {
        says(opening(LinkType.HELLO, -1));
        refusedBecause("4294967295 bytes");
    }

    @Test
    void a_peer_that_closes_before_its_hello_is_no_link() throws IOException {
        pair.dialled().close();
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> Handshake.accept(pair.accepted()))
                .withMessage("the peer closed before the link was open");
    }

    @Test
    void a_peer_that_closes_within_its_hello_is_no_link() throws IOException {
        pair.dialled().write(DIALLER.encode(LinkType.HELLO).limit(40));
        pair.dialled().shutdownOutput();
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> Handshake.accept(pair.accepted()));
    }
}
