package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real video over multicast trees of real nodes: two encoders, one that sends datagrams and one that is asked by HTTP, each
 * with a tree of its own over the same nodes. An inner node dies, and the algorithm is replaced.
 */
final class StreamOverTreeTest {
    private static final int UDP = 1;
    private static final int HTTP = 2;
    private static final int ENOUGH_SECONDS = 60;
    private static final int RATE = 25;
    private static final long NARROW = 1_000_000;
    private static final long WIDE = 8_000_000;

    @TempDir
    private Path folder;

    @Test
    void below_a_node_that_dies_at_most_two_seconds_are_missing_elsewhere_nothing_and_nothing_from_a_swap()
            throws Exception {
        Ffmpeg.needed();
        Map<Integer, Path> recordings = Map.of(UDP, folder.resolve("udp"), HTTP, folder.resolve("http"));
        int datagrams = datagrams();
        int server = server();
        Process listening = Ffmpeg.serve(ENOUGH_SECONDS, server);
        Process sending = Ffmpeg.encode(ENOUGH_SECONDS, datagrams);
        try (StreamGrove grove = new StreamGrove(List.of(UDP, HTTP))) {
            grove.plant("root", NARROW);
            grove.grow("inner1", WIDE);
            grove.grow("leaf1", NARROW);
            grove.grow("inner2", WIDE);
            grove.grow("leaf2", NARROW);
            grove.grow("leaf3", NARROW);
            recordings.forEach(grove::record);
            grove.start("root", UDP, "input", "udp://127.0.0.1:" + datagrams);
            grove.start("root", HTTP, "input", "http://127.0.0.1:" + server + "/live.ts");
            grove.shows(RATE / 2);

            String victim = grove.inner(List.of("inner2", "inner1"));
            Map<Integer, List<String>> below = new TreeMap<>();
            recordings.keySet().forEach(session -> below.put(session, grove.below(victim, session)));
            grove.kill(victim);
            grove.shows(RATE);
            Map<String, Long> gaps = grove.counts("gaps");
            assertThat(grove.improve()).as("swaps that did not end well").isEmpty();
            grove.shows(RATE);
            assertThat(grove.counts("gaps")).as("after the swap, as before it").isEqualTo(gaps);

            assertThat(below.values())
                    .as("below " + victim)
                    .anySatisfy(some -> assertThat(some).isNotEmpty());
            for (int session : below.keySet()) {
                grove.stop(session);
                StreamGrove.set(recordings.get(session), below.get(session), "below");
                StreamGrove.set(recordings.get(session), List.of(victim), "dead");
                assertThat(Ffmpeg.check(recordings.get(session))).startsWith("0\n");
            }
        } finally {
            listening.destroyForcibly();
            sending.destroyForcibly();
        }
    }

    private static int datagrams() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int server() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
