package ioverlay.algo.coding;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Message;
import ioverlay.testkit.TestNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a neighbour sends that it should not: bounded, counted, named, and never a wrong byte for the application. */
class BadInputTest {
    private static final int MESSAGES = 100;
    private static final int FLOOD = 5000;
    private static final int COEFFICIENT_OF_EVEN = 12;
    private static final int SIZE_OF_EVEN = 14;
    private static final int SEQUENCE_OF_ODD = 22;
    private static final int COEFFICIENT_OF_ODD = 32;

    /** What E brings to F is this; afterwards F has had all, and what it delivered was right. */
    private static Fig4 flown(Consumer<byte[]> corruption) {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        network.fate("E", "F", message -> {
            byte[] payload = new byte[message.payloadSize()];
            message.payload().get(payload);
            corruption.accept(payload);
            return List.of(of(message, payload));
        });
        for (long sequence = 0; sequence < MESSAGES; sequence++) {
            network.produce(Fig4.message(sequence));
        }
        network.run();
        return network;
    }

    private static Message of(Message message, byte[] payload) {
        return Message.builder(message.sender(), message.type())
                .application(message.application())
                .sequence(message.sequence())
                .payload(payload)
                .build();
    }

    private static void assertRefused(Fig4 network, String fault) {
        network.advance(Duration.ofSeconds(3));
        network.advance(Duration.ofSeconds(3));
        assertThat(network.delivered("F"))
                .isEqualTo(LongStream.range(0, MESSAGES)
                        .filter(at -> at % 2 == 0)
                        .boxed()
                        .toList());
        assertThat(network.faults("F")).isEqualTo("{\"" + fault + " from " + Fig4.id("E") + "\":" + MESSAGES / 2 + "}");
        assertThat(network.node("F").traces()).isNotEmpty().allMatch(text -> text.contains(Fig4.id("E") + ""));
        assertThat(network.count("F", "kept")).isZero();
        assertThat(network.node("F").held()).isEmpty();
        assertThat(network.delivered("G")).hasSize(MESSAGES);
    }

    @Test
    void a_corrupted_combination_is_found_by_its_checksum() {
        assertRefused(flown(payload -> payload[Sum.BYTES] ^= 0x40), "corrupt");
    }

    @Test
    void a_corrupted_coefficient_too() {
        assertRefused(flown(payload -> payload[COEFFICIENT_OF_ODD] = 9), "corrupt");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, COEFFICIENT_OF_EVEN, COEFFICIENT_OF_EVEN + 1, SIZE_OF_EVEN, SEQUENCE_OF_ODD})
    void what_contradicts_itself_is_refused(int place) {
        assertRefused(flown(payload -> payload[place] = (byte) (place == COEFFICIENT_OF_EVEN ? 0 : 77)), "malformed");
    }

    @Test
    void what_is_cut_off_is_refused_wherever_the_cut_is() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        Random random = new Random(1);
        network.fate("E", "F", message -> {
            byte[] payload = new byte[random.nextInt(message.payloadSize())];
            message.payload().get(payload);
            return List.of(of(message, payload));
        });
        for (long sequence = 0; sequence < MESSAGES; sequence++) {
            network.produce(Fig4.message(sequence, 50));
        }
        network.run();

        assertThat(network.faults("F")).contains("malformed from " + Fig4.id("E") + "\":" + MESSAGES / 2);
        assertThat(network.count("F", "decoded")).isZero();
    }

    @Test
    void a_message_that_the_combination_contradicts_is_not_used_to_decode() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        network.fate("B", "D", message -> {
            byte[] other = new byte[message.payloadSize() + 1];
            return List.of(of(message, other));
        });
        for (long sequence = 0; sequence < MESSAGES; sequence++) {
            network.produce(Fig4.message(sequence));
        }
        network.run();
        network.advance(Duration.ofSeconds(3));

        assertThat(network.faults("F")).contains("contradicted from " + Fig4.id("E"));
        assertThat(network.delivered("F")).allMatch(at -> at % 2 == 0); // what B brought, which was right
    }

    @Test
    void random_bytes_are_refused() {
        TestNode node = Fig4TestNode.decoder();
        Random random = new Random(7);
        for (int i = 0; i < FLOOD; i++) {
            byte[] payload = new byte[random.nextInt(100)];
            random.nextBytes(payload);
            node.receive(combination(random.nextLong(), payload), Fig4.id("E"));
        }

        assertThat(node.delivered()).isEmpty();
        assertThat(node.status().get("faults").toString())
                .isEqualTo("{\"malformed from " + Fig4.id("E") + "\":" + FLOOD + "}");
        assertThat(node.traces()).hasSize(13);
        assertThat(node.held()).isEmpty();
    }

    @Test
    void a_flood_of_combinations_is_bounded_and_numbers_from_far_away_are_refused() {
        TestNode node = Fig4TestNode.decoder();
        node.receive(Fig4.message(0), Fig4.id("B"));
        for (long pair = 1; pair <= FLOOD; pair++) {
            node.receive(sum(16 * pair), Fig4.id("E"));
        }

        assertThat(node.held()).hasSizeLessThan(Flow.AHEAD / 16 + 1);
        assertThat(node.status().get("faults").toString()).contains("far from " + Fig4.id("E"));
        assertThat(node.delivered()).hasSize(1);
        node.receive(Fig4.message(1_000_000_000_000L), Fig4.id("B")).receive(Fig4.message(-5), Fig4.id("B"));
        assertThat(node.status().get("faults").toString()).contains("\"far from " + Fig4.id("B") + "\":2");
        assertThat(node.delivered()).hasSize(1);

        node.advance(Duration.ofSeconds(5));
        assertThat(node.held()).isEmpty();
    }

    @Test
    void a_flow_goes_on_elsewhere_when_nothing_of_it_has_come_for_a_while() {
        TestNode node = Fig4TestNode.decoder();
        node.receive(Fig4.message(1_000_000_000_000L), Fig4.id("E")).receive(Fig4.message(0), Fig4.id("B"));
        assertThat(node.delivered()).hasSize(1);

        node.advance(Duration.ofSeconds(5)).receive(Fig4.message(0), Fig4.id("B"));

        assertThat(node.delivered()).map(Message::sequence).containsExactly(1_000_000_000_000L, 0L);
    }

    @Test
    void many_originators_do_not_add_up() {
        TestNode node = Fig4TestNode.decoder();
        for (int port = 1; port <= FLOOD; port++) {
            Message message = Message.builder(ioverlay.api.NodeId.parse("10.0.0.1:" + port), 1)
                    .application(1)
                    .sequence(1)
                    .payload("x")
                    .build();
            node.receive(message, Fig4.id("E"));
        }

        assertThat(node.held()).hasSizeLessThanOrEqualTo(8);
        assertThat(node.delivered()).hasSizeGreaterThan(FLOOD - 9);
    }

    @Test
    void a_coder_takes_no_combinations() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);

        network.node("D").receive(sum(0), Fig4.id("B"));

        assertThat(network.faults("D")).isEqualTo("{\"unexpected from " + Fig4.id("B") + "\":1}");
    }

    private static Message combination(long sequence, byte[] payload) {
        return Message.builder(Fig4.id("A"), Sum.TYPE)
                .application(1)
                .sequence(sequence)
                .payload(payload)
                .build();
    }

    private static Message sum(long even) {
        ByteBuffer payload = ByteBuffer.allocate(Sum.BYTES + 10);
        new Sum(new Sum.Part(even, 1, 1, 10, 0), new Sum.Part(even + 1, 1, 1, 10, 0)).write(payload);
        return combination(even, payload.array());
    }

    /** A decoder by itself. */
    private static final class Fig4TestNode {
        static TestNode decoder() {
            return TestNode.with(new ButterflyCoding())
                    .self(Fig4.id("F"))
                    .settings(Fig4.settings("F"))
                    .start();
        }
    }
}
