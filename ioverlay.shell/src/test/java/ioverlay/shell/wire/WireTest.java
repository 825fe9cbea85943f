package ioverlay.shell.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class WireTest {
    @Test
    void aThreadThatIsInterruptedWritesAllTheSameAndTheWireLives() throws IOException {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Wire near = new Wire(SocketChannel.open(server.getLocalAddress()));
                Wire far = new Wire(server.accept())) {
            Thread.currentThread().interrupt();
            near.write(Kind.OUTPUT, new byte[] {1});
            assertThat(Thread.interrupted()).isTrue();
            near.write(Kind.OUTPUT, new byte[] {2});

            assertThat(far.read().orElseThrow().payload()).containsExactly(1);
            assertThat(far.read().orElseThrow().payload()).containsExactly(2);
        } finally {
            Thread.interrupted();
        }
    }
}
