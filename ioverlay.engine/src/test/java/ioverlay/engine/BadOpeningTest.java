package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ioverlay.api.Header;
import ioverlay.io.counts.Count;
import ioverlay.io.opening.Limits;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that connect and do not become a link: each is shown out in bounded time, counted, and named in the log. */
@Timeout(120)
@Tag("waits")
class BadOpeningTest {
    private static final Limits IMPATIENT = new Limits(700, 700, 1_000, 1_000, 12);
    private static final int MAGIC = Header.BYTES;
    private static final int VERSIONS = Header.BYTES + 4;
    private static final int ROLE = Header.BYTES + 16;
    private static final int NODE = Header.BYTES + 17;
    private static final int WINDOW = Header.BYTES + 36;

    private final Bystander bystander = new Bystander(IMPATIENT, 64 << 10, 100_000);
    private final Node node = bystander.node;

    @AfterEach
    void close() {
        bystander.close();
    }

    private void isRefused(RawPeer peer, String why) {
        peer.readsToTheEnd();
        bystander.counts(Count.CONNECTIONS_REFUSED, 1);
        bystander.logs("node refused a connection: " + why);
        bystander.hasOneUpstream();
        bystander.isUntouched();
    }

    static Stream<Arguments> badHellos() {
        return Stream.of(
                bad(hello -> hello.putInt(MAGIC, 0x474f4f44), "a link opens with the magic 0x694f766c, not 0x474f4f44"),
                bad(
                        hello -> hello.putShort(VERSIONS, (short) 2).putShort(VERSIONS + 2, (short) 5),
                        "this node speaks version 1 of the wire, the peer speaks 2 to 5"),
                bad(hello -> hello.put(ROLE, (byte) 7), "a connection's role is 0 (node) or 1 (probe), not 7"),
                bad(hello -> hello.put(NODE, (byte) 6), "a node's binary form starts with the tag 4, not 6"),
                bad(hello -> hello.putInt(WINDOW, 0), "a window has at least 1 byte, not 0"),
                bad(hello -> hello.putShort(0, (short) LinkType.WELCOME), "a link opens with a message of type 0xc001"),
                bad(
                        hello -> hello.putInt(20, 2_000),
                        "a link opens with a message of type 0xc001 and at most 1000 bytes of payload, not type 0xc001 and 2000"));
    }

    private static Arguments bad(UnaryOperator<ByteBuffer> change, String why) {
        return Arguments.of(change, why);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badHellos")
    void a_hello_that_breaks_a_rule_is_refused(UnaryOperator<ByteBuffer> change, String why) {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            peer.says(change.apply(peer.hello().encode(LinkType.HELLO)));
            isRefused(peer, why);
        }
    }

    @Test
    void the_refusal_tells_the_peer_why() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            peer.says(peer.hello().encode(LinkType.HELLO).putInt(MAGIC, 1));
            assertThat(peer.readsAll()).contains("a link opens with the magic 0x694f766c, not 0x1");
        }
    }

    @Test
    void tls_is_named() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            byte[] clientHello = new byte[200];
            clientHello[0] = 0x16;
            clientHello[1] = 3;
            clientHello[2] = 1;
            peer.says(clientHello);
            isRefused(peer, "the peer speaks TLS, this port does not");
        }
    }

    @Test
    void a_web_browser_is_refused() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            peer.says("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            isRefused(peer, "a link opens with a message of type 0xc001");
        }
    }

    @Test
    void the_node_itself_is_refused() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            Hello own = new Hello(node.id(), 1, Hello.NODE, Header.MAX_PAYLOAD, 1 << 20, 1 << 18);
            peer.says(own.encode(LinkType.HELLO));
            isRefused(peer, "a node does not dial itself");
        }
    }

    @Test
    void one_that_closes_before_its_hello_is_over_is_counted() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            peer.says(peer.hello().encode(LinkType.HELLO).limit(30));
            peer.closesItsSide();
            isRefused(peer, "the peer closed before the link was open");
        }
    }

    @Test
    void one_that_says_nothing_is_shown_out() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            peer.readsToTheEnd();
            bystander.counts(Count.CONNECTIONS_SILENT, 1);
            bystander.logs("node refused a connection: it said nothing for 700 ms");
            bystander.isUntouched();
        }
    }

    @Test
    void one_that_introduces_itself_byte_by_byte_is_shown_out() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            int said = peer.trickles(peer.hello().encode(LinkType.HELLO), Duration.ofMillis(20));
            assertThat(said).isLessThan(Header.BYTES + 44);
            bystander.counts(Count.CONNECTIONS_SILENT, 1);
            bystander.isUntouched();
        }
    }

    @Test
    void a_probe_that_asks_nothing_is_shown_out() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            peer.introduceAs(Hello.PROBE);
            peer.readsToTheEnd();
            bystander.hasOneUpstream();
            bystander.isUntouched();
        }
    }

    @Test
    void a_probe_that_sends_data_is_shown_out_and_its_data_goes_nowhere() {
        try (RawPeer peer = RawPeer.connect(node.id())) {
            peer.introduceAs(Hello.PROBE);
            peer.says(Messages.data(9, 0, 100));
            peer.readsToTheEnd();
            assertThat(bystander.count(Count.MESSAGES_UNDELIVERED)).isZero();
            bystander.isUntouched();
        }
    }

    @Test
    void connections_beyond_the_limit_are_closed_at_once_and_places_are_free_again_afterwards() {
        List<RawPeer> links = new ArrayList<>();
        for (int place = 1; place < IMPATIENT.connections(); place++) { // the healthy link has one
            links.add(RawPeer.link(node.id()));
        }
        try (RawPeer late = RawPeer.connect(node.id())) {
            late.readsToTheEnd();
            bystander.counts(Count.CONNECTIONS_REFUSED, 1);
        }
        links.forEach(RawPeer::close);
        bystander.hasOneUpstream();
        try (RawPeer peer = linkSoon()) {
            peer.says(Messages.data(9, 0, 100));
            bystander.counts(Count.MESSAGES_UNDELIVERED, 1);
        }
        bystander.isUntouched();
    }

    /** The place of a link that is over is free a moment after it has left the status. */
    private RawPeer linkSoon() {
        RawPeer[] peer = new RawPeer[1];
        Await.until("a place", () -> {
            peer[0] = RawPeer.connect(node.id());
            boolean welcome = peer[0].isWelcome();
            if (!welcome) {
                peer[0].close();
            }
            return welcome;
        });
        return peer[0];
    }

    @Test
    void many_that_say_nothing_keep_nobody_out_for_long() {
        List<RawPeer> silent = new ArrayList<>();
        for (int i = 0; i < 3 * IMPATIENT.connections(); i++) {
            silent.add(RawPeer.connect(node.id()));
        }
        silent.forEach(RawPeer::readsToTheEnd);
        silent.forEach(RawPeer::close);
        try (RawPeer peer = linkSoon()) {
            peer.says(Messages.data(9, 0, 100));
            bystander.counts(Count.MESSAGES_UNDELIVERED, 1);
        }
        bystander.isUntouched();
    }

    @Test
    void a_port_in_use_is_named() {
        InetSocketAddress taken = node.id().socketAddress();
        NodeConfig config =
                new NodeConfig("second", taken, 1 << 20, Header.MAX_PAYLOAD, 1, (kind, sentence, detail) -> {});
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bystander.testbed.plane().open(config))
                .withMessageStartingWith("cannot listen at 127.0.0.1:" + taken.getPort() + ":");
        bystander.isUntouched();
    }
}
