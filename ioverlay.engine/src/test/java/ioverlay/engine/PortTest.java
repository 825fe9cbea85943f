package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.io.memory.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits at the switch, and in which order the switch takes it. */
@Timeout(60)
class PortTest {
    private static final int APP = 7;
    private static final NodeId LIGHT = NodeId.parse("127.0.0.1:7001");
    private static final NodeId HEAVY = NodeId.parse("127.0.0.1:7002");

    private final LoneSwitch lone = new LoneSwitch();

    @AfterEach
    void close() {
        lone.close();
    }

    private record Taken(NodeId from, long sequence, int bytes) {}

    /** Writes down what it was given; can do something after a number of messages. */
    private static final class Recorder extends BasicAlgorithm {
        final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
        private final int after;
        private final Runnable action;

        Recorder(int after, Runnable action) {
            this.after = after;
            this.action = action;
        }

        @Override
        public Disposition process(Message message) {
            taken.add(new Taken(message.from(), message.sequence(), 24 + message.payloadSize()));
            if (taken.size() == after) {
                action.run();
            }
            return Disposition.DONE;
        }
    }

    private Port port(NodeId from, int messages, int payloadSize) {
        Port port = new Port(lone.node, from, APP, false);
        int batch = 10;
        for (int first = 0; first < messages; first += batch) {
            port.arrived(Messages.range(APP, first, Math.min(batch, messages - first), payloadSize));
        }
        return port;
    }

    /** What the first had got of all bytes when the second had its last. */
    private static double share(List<Taken> taken, NodeId of, NodeId until) {
        int end = taken.lastIndexOf(
                taken.stream().filter(t -> t.from().equals(until)).toList().getLast());
        long mine = 0;
        long all = 0;
        for (Taken one : taken.subList(0, end + 1)) {
            all += one.bytes();
            mine += one.from().equals(of) ? one.bytes() : 0;
        }
        return (double) mine / all;
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "100, 5000", "5000, 100", "40000, 300"})
    void weights_of_1_and_3_share_the_bytes_25_to_75_whatever_the_sizes(int lightPayload, int heavyPayload) {
        Recorder recorder = new Recorder(0, () -> {});
        lone.serve(0, recorder);
        int heavyMessages = 6_000_000 / (24 + heavyPayload);
        int lightMessages = 6_000_000 / (24 + lightPayload); // so that the heavy one is through first
        port(LIGHT, lightMessages, lightPayload).weight(1);
        port(HEAVY, heavyMessages, heavyPayload).weight(3);
        lone.start();
        Await.until("all messages", () -> recorder.taken.size() == heavyMessages + lightMessages);
        assertThat(share(recorder.taken, LIGHT, HEAVY)).isBetween(0.24, 0.26);
    }

    @Test
    void equal_weights_share_equally() {
        Recorder recorder = new Recorder(0, () -> {});
        lone.serve(0, recorder);
        port(LIGHT, 4000, 1000);
        port(HEAVY, 2000, 1000);
        lone.start();
        Await.until("all messages", () -> recorder.taken.size() == 6000);
        assertThat(share(recorder.taken, LIGHT, HEAVY)).isBetween(0.49, 0.51);
    }

    @Test
    void a_weight_that_changes_counts_from_the_next_round_on() {
        Port[] heavy = new Port[1];
        Recorder recorder = new Recorder(2000, () -> heavy[0].weight(3));
        lone.serve(0, recorder);
        port(LIGHT, 6000, 1000);
        heavy[0] = port(HEAVY, 6000, 1000);
        lone.start();
        Await.until("all messages", () -> recorder.taken.size() == 12_000);
        List<Taken> before = recorder.taken.subList(0, 2000);
        List<Taken> after = recorder.taken.subList(2200, 6200);
        assertThat(before.stream().filter(one -> one.from().equals(HEAVY)).count())
                .isBetween(900L, 1100L);
        assertThat(after.stream().filter(one -> one.from().equals(HEAVY)).count())
                .isBetween(2900L, 3100L);
    }

    @Test
    void each_port_keeps_its_order() {
        Recorder recorder = new Recorder(0, () -> {});
        lone.serve(0, recorder);
        port(LIGHT, 500, 100);
        port(HEAVY, 500, 3000).weight(3);
        lone.start();
        Await.until("all messages", () -> recorder.taken.size() == 1000);
        for (NodeId from : List.of(LIGHT, HEAVY)) {
            assertThat(recorder.taken.stream()
                            .filter(one -> one.from().equals(from))
                            .map(Taken::sequence))
                    .hasSize(500)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void what_is_pending_is_what_arrived_and_was_not_taken() {
        Port port = new Port(lone.node, LIGHT, APP, false);
        Range range = Messages.range(APP, 0, 3, 76);
        port.arrived(range);
        assertThat(port.pendingBytes()).isEqualTo(300);
        port.next();
        port.advance(range, Port.bytesAt(range, port.at()));
        port.took(100);
        assertThat(port.pendingBytes()).isEqualTo(200);
        assertThat(port.takenMessages()).isOne();
        assertThat(port.isEmpty()).isFalse();
    }

    @Test
    void a_port_is_blocked_until_all_its_messages_have_found_room() {
        Port port = new Port(lone.node, LIGHT, APP, false);
        port.waits(10);
        port.waits(10);
        port.went(10);
        assertThat(port.isBlocked()).isTrue();
        port.went(10);
        assertThat(port.isBlocked()).isFalse();
    }

    @Test
    void whoever_waits_for_room_hears_of_each_batch() {
        AtomicInteger heard = new AtomicInteger();
        Port port = new Port(lone.node, LIGHT, APP, false);
        port.whenTaken(heard::incrementAndGet);
        port.took(100);
        port.took(50);
        assertThat(heard).hasValue(2);
        assertThat(port.takenBytes()).isEqualTo(150);
    }

    @Test
    void what_is_discarded_is_counted_and_gives_its_memory_back() {
        Port port = port(LIGHT, 25, 10);
        assertThat(port.discard()).isEqualTo(25);
        assertThat(port.isEmpty()).isTrue();
    }
}
