package ioverlay.algo.coding.rlnc;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.testkit.Direction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources, recoders and receivers, over links that lose data. */
class RlncCodingTest {
    private static final String SMALL = ",'blocks':16,'blockBytes':100";
    private static final String DIAMONDS = "0>1 0>2 1>3 2>3 1>4 2>4 3>5 4>5";
    private static final int MESSAGES = 1000;

    private static void assertAllDelivered(Mesh mesh, int messages, int... receivers) {
        for (int node : receivers) {
            assertThat(mesh.delivered(node)).as("at " + node).isEqualTo(Mesh.numbers(messages));
            assertThat(mesh.count(node, "kept")).as("kept at " + node).isZero();
            assertThat(mesh.faults(node)).isEqualTo("{}");
        }
    }

    @Test
    void a_chain_delivers_all_messages_in_order() {
        Mesh mesh = new Mesh("0>1 1>2", SMALL, 0, 1).produce(MESSAGES, 4).run(200);

        assertAllDelivered(mesh, MESSAGES, 1, 2);
        assertThat(mesh.delivered(0)).isEmpty();
        assertThat(mesh.count(0, "kept")).isZero();
        assertThat(mesh.overhead(1, 2)).isLessThan(1.01);
        assertThat(mesh.node(0).timers()).isZero(); // nothing is left to do
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 0.2})
    void what_links_lose_is_made_up_for_with_few_packets_more(double loss) {
        Mesh mesh = new Mesh(DIAMONDS, SMALL, loss, 1).produce(MESSAGES, 8).run(1000);

        assertAllDelivered(mesh, MESSAGES, 1, 2, 3, 4, 5);
        assertThat(mesh.overhead(1, 2, 3, 4, 5)).isLessThan(1.1);
        assertThat(mesh.count(5, "innovative")).isEqualTo(mesh.count(5, "minimum"));
    }

    @Test
    void generations_of_a_slow_source_that_are_not_full_cost_no_more() {
        Mesh mesh = new Mesh(DIAMONDS, ",'blocks':32,'blockBytes':100", 0.1, 1);
        for (int burst = 0; burst < 20; burst++) {
            mesh.produce(20, 20).run(150);
        }
        mesh.run(500);

        assertAllDelivered(mesh, 400, 1, 2, 3, 4, 5);
        assertThat(mesh.count(5, "generations")).isEqualTo(40);
        assertThat(mesh.overhead(1, 2, 3, 4, 5)).isLessThan(1.1);
    }

    @Test
    void loss_is_measured_and_redundancy_follows_it() {
        Mesh mesh = new Mesh("0>1", SMALL, 0, 1).produce(MESSAGES / 2, 4).run(200);
        long before = mesh.count(0, "packets");
        assertThat(mesh.node(0)
                        .status()
                        .getAsJsonObject("loss")
                        .get(Mesh.id(1).toString())
                        .getAsDouble())
                .isZero();

        mesh.loss(0.2);
        mesh.produce(MESSAGES, 4).run(200);

        assertThat(mesh.node(0)
                        .status()
                        .getAsJsonObject("loss")
                        .get(Mesh.id(1).toString())
                        .getAsDouble())
                .isBetween(0.1, 0.3);
        assertThat(mesh.count(0, "packets") - before).isGreaterThan(mesh.count(0, "repairs") + 2 * before);
        assertAllDelivered(mesh, MESSAGES + MESSAGES / 2, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void swaps_at_any_moment_lose_nothing_of_what_is_in_progress(long seed) {
        Mesh mesh = new Mesh(DIAMONDS, SMALL, 0.1, seed);
        for (int round = 0; round < 30; round++) {
            mesh.produce(7, 4);
            mesh.node(round % 6).swapTo(new RlncCoding(), "1.0." + round);
        }
        mesh.run(1000);

        assertAllDelivered(mesh, 210, 1, 2, 3, 4, 5);
        assertThat(mesh.count(5, "minimum")).isGreaterThan(450); // counters go along
    }

    @Test
    void messages_of_any_size_come_out_as_they_went_in_also_beyond_a_generation() {
        Mesh mesh = new Mesh("0>1 1>2", ",'blocks':8,'blockBytes':1000", 0.05, 1);
        byte[] large = new byte[100_000];
        new Random(1).nextBytes(large);
        for (int i = 0; i < 3; i++) {
            byte[] payload = i == 1 ? large : new byte[i];
            mesh.node(0)
                    .receive(
                            Message.builder(Mesh.id(0), MessageType.LIVE | (0x0101 + i))
                                    .application(1)
                                    .sequence(i)
                                    .payload(payload)
                                    .build(),
                            Mesh.id(0));
        }
        mesh.run(300);

        List<Message> delivered = mesh.node(2).delivered();
        assertThat(delivered).map(Message::payloadSize).containsExactly(0, large.length, 2);
        assertThat(delivered)
                .map(Message::type)
                .containsExactly(MessageType.LIVE | 0x0101, MessageType.LIVE | 0x0102, MessageType.LIVE | 0x0103);
        assertThat(delivered.get(1).payload()).isEqualTo(ByteBuffer.wrap(large));
    }

    @Test
    void who_fails_does_not_hold_up_the_others() {
        Mesh mesh = new Mesh(DIAMONDS, SMALL, 0.05, 1).produce(200, 4);
        mesh.kill(4);
        for (int node : List.of(1, 2)) {
            mesh.node(node).linkFailed(Mesh.id(4), Direction.DOWNSTREAM, 0, "gone");
        }
        mesh.node(5).linkFailed(Mesh.id(4), Direction.UPSTREAM, 0, "gone");
        mesh.produce(200, 4).run(500);

        for (int node : List.of(0, 1, 2, 3, 5)) {
            assertThat(mesh.count(node, "kept")).as("kept at " + node).isZero();
        }
        assertThat(mesh.delivered(5)).isEqualTo(Mesh.numbers(400));
    }

    @Test
    void what_the_application_has_no_room_for_waits_and_keeps_its_order() {
        Mesh mesh = new Mesh("0>1", SMALL, 0.1, 1);
        mesh.node(1).block(Mesh.id(1)).fillOriginLane();
        mesh.produce(200, 4).run(300);
        assertThat(mesh.delivered(1)).isEmpty();

        mesh.node(1).unblock(Mesh.id(1));
        mesh.run(300);

        assertThat(mesh.delivered(1)).isEqualTo(Mesh.numbers(200));
    }

    @Test
    void who_comes_late_begins_with_the_next_message() {
        Mesh mesh = new Mesh("0>1 0>2", SMALL, 0, 1);
        mesh.fate((link, message) -> link.equals("0>2") ? List.of() : List.of(message));
        mesh.produce(4, 4).node(0).linkFailed(Mesh.id(2), Direction.DOWNSTREAM, 0, "not there yet");
        mesh.produce(296, 4).run(300);
        mesh.fate((link, message) -> List.of(message));
        mesh.node(0)
                .receive(mesh.node(2)
                        .message(RlncCoding.SHARE, Mesh.id(2))
                        .params(1, 0)
                        .build());
        mesh.produce(300, 4).run(300);

        assertThat(mesh.delivered(1)).isEqualTo(Mesh.numbers(600));
        assertThat(mesh.delivered(2)).isEqualTo(Mesh.numbers(600).subList(300, 600));
    }

    @Test
    void a_source_that_is_faster_than_its_receivers_gives_up_generations_and_counts_them() {
        Mesh mesh = new Mesh("0>1", ",'blocks':256,'blockBytes':300,'memoryBytes':2097152", 0, 1);
        mesh.fate((link, message) -> List.of());
        mesh.produce(2200, 100);
        assertThat(mesh.count(0, "expired")).isPositive();
        assertThat(mesh.count(0, "kept")).isLessThanOrEqualTo(6);

        mesh.fate((link, message) -> List.of(message));
        mesh.node(0).advance(Duration.ofSeconds(5));
        mesh.produce(500, 10).run(500);

        assertThat(mesh.delivered(1)).isSorted().contains(2699L).doesNotContain(0L);
    }
}
