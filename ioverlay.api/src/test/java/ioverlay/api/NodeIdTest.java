package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {
    private static final int RUNS = 1000;

    static NodeId any(Random random) {
        return new NodeId(random.nextInt(), 1 + random.nextInt(0xffff));
    }

    @Test
    void the_text_form_is_read_as_it_is_written() {
        Random random = new Random(1);
        for (int run = 0; run < RUNS; run++) {
            NodeId node = any(random);
            assertThat(NodeId.parse(node.toString())).isEqualTo(node).hasSameHashCodeAs(node);
        }
    }

    @Test
    void the_binary_form_is_read_as_it_is_written() {
        Random random = new Random(2);
        for (int run = 0; run < RUNS; run++) {
            NodeId node = any(random);
            ByteBuffer bytes = ByteBuffer.allocate(NodeId.BYTES);
            node.write(bytes);
            assertThat(bytes.hasRemaining()).isFalse();
            assertThat(NodeId.read(bytes.flip())).isEqualTo(node);
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    @Test
    void the_socket_address_is_that_of_the_node() {
        Random random = new Random(3);
        for (int run = 0; run < RUNS; run++) {
            NodeId node = any(random);
            assertThat(NodeId.of(node.socketAddress())).isEqualTo(node);
        }
    }

    @Test
    void the_text_is_address_and_port() {
        assertThat(NodeId.parse("10.0.200.255:65535")).hasToString("10.0.200.255:65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "127.0.0.1",
                "1.2.3:4",
                "1.2.3.4.5:6",
                "localhost:80",
                "::1",
                "[::1]:80",
                "1.2.3.4:",
                "1.2.3.4:x",
                "256.0.0.1:1",
                "1.2.3.4:65536",
                "-1.2.3.4:5",
                "+1.2.3.4:5",
                "1..3.4:5",
                " 1.2.3.4:5",
                "1.2.3.4:5 ",
                "1.2.3.4:000005",
                "1.2.3.4:99999999999",
                "١.2.3.4:5"
            })
    void another_text_is_refused_with_the_value(String text) {
        assertThatThrownBy(() -> NodeId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void port_zero_is_refused() {
        assertThatThrownBy(() -> NodeId.parse("1.2.3.4:0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a node's port is 1 to 65535, not 0");
    }

    @Test
    void nodes_are_ordered_by_unsigned_address_then_port() {
        List<NodeId> ordered = Stream.of("1.0.0.0:9", "127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:40000", "200.0.0.0:1")
                .map(NodeId::parse)
                .toList();
        assertThat(ordered.reversed().stream().sorted()).isEqualTo(ordered);
    }

    @Test
    void order_agrees_with_equality() {
        NodeId node = NodeId.parse("1.2.3.4:5");
        assertThat(node.compareTo(NodeId.parse("1.2.3.4:5"))).isZero();
        assertThat(node).isNotEqualTo(NodeId.parse("1.2.3.4:6")).isNotEqualTo(NodeId.parse("1.2.3.5:5"));
    }

    @Test
    void an_unknown_tag_is_refused() {
        ByteBuffer bytes = ByteBuffer.allocate(NodeId.BYTES).put(0, (byte) 6);
        assertThatThrownBy(() -> NodeId.read(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a node's binary form starts with the tag 4, not 6");
    }

    @Test
    void port_zero_in_the_binary_form_is_refused() {
        ByteBuffer bytes = ByteBuffer.allocate(NodeId.BYTES).put(0, (byte) 4);
        assertThatThrownBy(() -> NodeId.read(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_binary_form_that_is_cut_off_is_refused() {
        ByteBuffer bytes = ByteBuffer.allocate(NodeId.BYTES - 1).put(0, (byte) 4);
        assertThatThrownBy(() -> NodeId.read(bytes)).isInstanceOf(BufferUnderflowException.class);
    }

    @Test
    void an_unresolved_address_is_refused() {
        assertThatThrownBy(() -> NodeId.of(InetSocketAddress.createUnresolved("nowhere", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a node needs a resolved IPv4 address, not nowhere");
    }

    @Test
    void an_ipv6_address_is_refused() {
        InetSocketAddress six = new InetSocketAddress(InetAddress.ofLiteral("::1"), 1);
        assertThatThrownBy(() -> NodeId.of(six)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_socket_address_without_port_is_refused() {
        InetSocketAddress none = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        assertThatThrownBy(() -> NodeId.of(none)).isInstanceOf(IllegalArgumentException.class);
    }
}
