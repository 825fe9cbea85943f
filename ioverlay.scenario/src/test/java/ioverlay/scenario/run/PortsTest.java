package ioverlay.scenario.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void a_node_that_comes_later_finds_its_port_free_since_nobody_who_dials_is_given_one_of_those() throws IOException {
        List<Integer> chosen = new ArrayList<>();
        try (Ports ports = new Ports()) {
            for (int i = 0; i < 300; i++) {
                chosen.add(ports.free("127.0.0.1"));
            }
        }

        assertThat(chosen).doesNotHaveDuplicates().allMatch(port -> port >= 10_000 && port < 32_768);
        try (ServerSocket socket = new ServerSocket(chosen.getFirst(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
