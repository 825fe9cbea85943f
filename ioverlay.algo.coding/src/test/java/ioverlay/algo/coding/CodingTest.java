package ioverlay.algo.coding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.WrittenBy;
import ioverlay.testkit.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paper's Fig. 4, without bandwidth: who gets what part of the stream. */
class CodingTest {
    private static final int MESSAGES = 400;
    private static final int STEPS_PER_MESSAGE = 8;
    private static final Duration PATIENCE = Duration.ofMillis(1001);

    private static List<Long> numbers(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static Fig4 flown(Supplier<Algorithm> algorithm, long seed) {
        Fig4 network = new Fig4(algorithm, seed);
        for (long sequence = 0; sequence < MESSAGES; sequence++) {
            network.produce(Fig4.message(sequence));
            network.step();
        }
        network.run();
        return network;
    }

    private static long effective(Fig4 network, String node) {
        return network.count(node, "effectiveMessages") * 400 / MESSAGES;
    }

    @Test
    void without_coding_the_receivers_get_what_the_paper_says() {
        Fig4 network = flown(SplitCoding::new, 1);

        assertThat(List.of("B", "C", "D", "E", "F", "G"))
                .map(node -> effective(network, node))
                .containsExactly(200L, 200L, 400L, 200L, 300L, 300L);
        assertThat(network.count("D", "discarded")).isEqualTo(MESSAGES / 2);
        assertThat(network.delivered("F")).doesNotHaveDuplicates().hasSize(MESSAGES * 3 / 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void with_coding_both_decoders_get_all_of_it_in_order_whatever_is_first(long seed) {
        Fig4 network = flown(ButterflyCoding::new, seed);

        assertThat(List.of("B", "C", "D", "E", "F", "G"))
                .map(node -> effective(network, node))
                .containsExactly(200L, 200L, 400L, 0L, 400L, 400L);
        for (String receiver : List.of("D", "F", "G")) {
            assertThat(network.delivered(receiver)).isEqualTo(numbers(MESSAGES));
            assertThat(network.count(receiver, "kept")).isZero();
            assertThat(network.node(receiver).held()).isEmpty();
        }
        assertThat(network.count("D", "combined")).isEqualTo(MESSAGES / 2);
        assertThat(network.count("F", "decoded")).isEqualTo(MESSAGES / 2);
    }

    @Test
    void the_fastest_kernel_decodes_what_the_plain_one_has_combined() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        JsonObject settings = JsonParser.parseString("{'role': 'decoder'}").getAsJsonObject();
        network.node("F").swapTo(new ButterflyCoding(), new WrittenBy("coding.butterfly", "1.0.0"), settings);
        assertThat(network.node("F").status().get("kernel").getAsString()).startsWith("vector-");
        for (long sequence = 0; sequence < 40; sequence++) {
            network.produce(Fig4.message(sequence));
        }
        network.run();

        assertThat(network.delivered("F")).isEqualTo(numbers(40));
        assertThat(network.count("F", "decoded")).isEqualTo(20);
    }

    @Test
    void effective_bytes_are_those_of_the_source_with_headers() {
        Fig4 network = flown(ButterflyCoding::new, 1);

        long bytes = LongStream.range(0, MESSAGES)
                .map(at -> Coding.size(Fig4.message(at)))
                .sum();
        assertThat(network.count("F", "effectiveBytes")).isEqualTo(bytes);
    }

    @Test
    void what_is_lost_of_one_stream_is_not_waited_for_longer_than_the_setting_says() {
        Fig4 network = new Fig4(ButterflyCoding::new, 3);
        network.fate("C", "D", message -> message.sequence() % 14 == 7 ? List.of() : List.of(message));
        for (long sequence = 0; sequence < MESSAGES; sequence++) {
            network.produce(Fig4.message(sequence));
        }
        network.run();
        assertThat(network.delivered("D")).hasSize(7);

        for (int i = 0; i < 4; i++) {
            network.advance(PATIENCE);
        }

        List<Long> without =
                numbers(MESSAGES).stream().filter(at -> at % 14 != 7).toList();
        assertThat(network.delivered("D")).isEqualTo(without);
        assertThat(network.delivered("F")).isEqualTo(without);
        assertThat(network.delivered("G")).isEqualTo(numbers(MESSAGES)); // C has brought them, and D the others alone
        assertThat(network.count("D", "alone")).isEqualTo(MESSAGES - without.size());
        assertThat(network.count("D", "skipped")).isEqualTo(MESSAGES - without.size() - 1); // none comes after the last
        for (String receiver : List.of("D", "F", "G")) {
            assertThat(network.count(receiver, "kept")).isZero();
        }
    }

    @Test
    void a_stream_that_is_slow_is_waited_for_as_long_as_it_comes_on() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        List<Message> sums = new ArrayList<>();
        network.fate("E", "F", message -> {
            sums.add(message);
            return List.of();
        });
        for (long sequence = 0; sequence < 60; sequence++) {
            network.produce(Fig4.message(sequence));
        }
        network.run();
        assertThat(sums).hasSize(30);

        for (Message sum : sums) {
            network.node("F").receive(sum, Fig4.id("E")).advance(PATIENCE);
        }

        assertThat(network.delivered("F")).isEqualTo(numbers(60));
        assertThat(network.count("F", "skipped")).isZero();
    }

    @Test
    void the_last_message_of_an_odd_number_comes_when_the_source_has_ended() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        for (long sequence = 0; sequence < 5; sequence++) {
            network.produce(Fig4.message(sequence));
        }
        network.run();
        assertThat(network.delivered("G")).isEqualTo(numbers(4));

        network.node("D").sourceEnded(Fig4.id("B"), 1, "gone").sourceEnded(Fig4.id("C"), 0, "gone");
        network.advance(PATIENCE.dividedBy(4));

        assertThat(network.delivered("G")).isEqualTo(numbers(5));
        network.node("G").sourceEnded(Fig4.id("E"), 0, "gone");
        network.produce(Fig4.message(0)); // another run
        network.produce(Fig4.message(1));
        network.run();
        assertThat(network.delivered("G")).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_swap_from_one_to_the_other_and_back_delivers_nothing_twice(long seed) {
        Fig4 network = new Fig4(SplitCoding::new, seed);
        for (long sequence = 0; sequence < 4 * MESSAGES; sequence++) {
            network.produce(Fig4.message(sequence));
            for (int step = 0; step < STEPS_PER_MESSAGE; step++) {
                network.step();
            }
            switch ((int) sequence) {
                case MESSAGES -> network.node("F").swapTo(new ButterflyCoding(), "1.0.0");
                case MESSAGES + 50 -> network.node("G").swapTo(new ButterflyCoding(), "1.0.0");
                case 2 * MESSAGES -> network.node("D").swapTo(new ButterflyCoding(), "1.0.0");
                case 3 * MESSAGES -> network.node("F").swapTo(new SplitCoding(), "1.0.0");
                default -> {}
            }
        }
        network.run();
        for (int i = 0; i < 4; i++) {
            network.advance(PATIENCE);
        }

        assertThat(network.delivered("D")).containsExactlyInAnyOrderElementsOf(numbers(4 * MESSAGES));
        assertThat(network.delivered("F")).doesNotHaveDuplicates();
        assertThat(network.delivered("G"))
                .doesNotHaveDuplicates()
                .containsAll(LongStream.range(2 * MESSAGES + 20, 4 * MESSAGES)
                        .boxed()
                        .toList());
        assertThat(network.count("F", "undecodable")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void receivers_do_not_stand_still_while_coding_is_swapped_in_beside_the_stream(long seed) {
        Fig4 network = new Fig4(SplitCoding::new, seed);
        for (long sequence = 0; sequence < 3 * MESSAGES; sequence++) {
            switch ((int) sequence) {
                case MESSAGES -> network.node("F").swapTo(new ButterflyCoding(), "1.0.0");
                case MESSAGES + 51 -> network.node("G").swapTo(new ButterflyCoding(), "1.0.0");
                case 2 * MESSAGES + 2 -> network.node("D").swapTo(new ButterflyCoding(), "1.0.0");
                default -> {}
            }
            network.produce(Fig4.message(sequence));
            if (sequence % 8 == 7) {
                network.run();
                assertThat(network.delivered("F").getLast()).isGreaterThan(sequence - 8);
                assertThat(network.delivered("G").getLast()).isGreaterThan(sequence - 8);
            }
        }

        for (String receiver : List.of("F", "G")) {
            assertThat(network.delivered(receiver))
                    .doesNotHaveDuplicates()
                    .containsAll(LongStream.range(2 * MESSAGES + 2, 3 * MESSAGES)
                            .boxed()
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void swaps_at_any_moment_lose_nothing_of_what_is_kept(long seed) {
        Fig4 network = new Fig4(ButterflyCoding::new, seed);
        List<String> all = List.of("D", "F", "G");
        for (long sequence = 0; sequence < MESSAGES; sequence++) {
            network.produce(Fig4.message(sequence));
            network.step();
            if (sequence % 5 == 0) {
                network.node(all.get((int) (sequence / 5 % 3))).swapTo(new ButterflyCoding(), "1.0.1");
            }
        }
        network.run();

        for (String receiver : all) {
            assertThat(network.delivered(receiver)).isEqualTo(numbers(MESSAGES));
            assertThat(network.count(receiver, "kept")).isZero();
        }
    }

    @Test
    void one_stream_may_be_far_ahead_of_the_other() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        LongFunction<Message> produced = sequence -> Fig4.message(sequence, 3000);
        int ahead = 2_400; // a slot holds 2 MiB, and half of this is more
        for (long sequence = 0; sequence < ahead; sequence += 2) {
            network.produce(produced.apply(sequence));
        }
        network.run();
        network.node("D").swapTo(new ButterflyCoding(), "1.0.1");
        network.node("F").swapTo(new ButterflyCoding(), "1.0.1");
        for (long sequence = 1; sequence < ahead; sequence += 2) {
            network.produce(produced.apply(sequence));
        }
        network.run();

        for (String receiver : List.of("D", "F", "G")) {
            assertThat(network.delivered(receiver, produced)).isEqualTo(numbers(ahead));
            assertThat(network.count(receiver, "kept")).isZero();
            assertThat(network.count(receiver, "expired")).isZero();
        }
    }

    @Test
    void one_message_that_all_others_waited_for_does_not_make_a_call_send_too_much() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        List<Message> late = new ArrayList<>();
        network.fate(
                "B", "D", message -> message.sequence() == 100 && late.add(message) ? List.of() : List.of(message));
        for (long sequence = 0; sequence < 4_000; sequence++) {
            network.produce(Fig4.message(sequence));
        }
        network.run();
        assertThat(network.delivered("D")).hasSize(100);

        network.node("D").receive(late.getFirst(), Fig4.id("B"));
        network.advance(PATIENCE);
        network.advance(PATIENCE);

        assertThat(network.delivered("D")).isEqualTo(numbers(4_000));
        assertThat(network.delivered("G")).isEqualTo(numbers(4_000));
    }

    @Test
    void what_there_is_no_room_for_is_passed_on_alone_and_delivered() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        network.fate("C", "D", message -> List.of());
        int evens = 1500;
        for (long sequence = 0; sequence < 2L * evens; sequence += 2) {
            network.produce(Fig4.message(sequence, 20_000));
            network.run();
        }

        assertThat(network.count("D", "expired")).isPositive();
        assertThat(network.count("D", "alone")).isEqualTo(network.count("D", "expired"));
        assertThat(network.node("D").delivered())
                .map(Message::sequence)
                .isSorted()
                .hasSizeGreaterThanOrEqualTo((int) network.count("D", "expired"));
        assertThat(network.count("D", "kept")).isLessThan(1000);
    }

    @Test
    void what_finds_no_room_when_it_is_given_up_comes_when_there_is_room() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        network.fate("C", "D", message -> List.of());
        network.node("D").linkUp(Fig4.id("E"), Direction.DOWNSTREAM);
        network.node("D").block(Fig4.id("E")).fillOriginLane();
        for (long sequence = 0; sequence < 200; sequence++) {
            network.produce(Fig4.message(sequence));
        }
        network.run();
        network.advance(PATIENCE.multipliedBy(3));
        network.node("D").unblock(Fig4.id("E"));
        network.advance(PATIENCE);

        assertThat(network.delivered("F"))
                .isEqualTo(numbers(200).stream().filter(at -> at % 2 == 0).toList());
        assertThat(network.delivered("G")).containsExactlyInAnyOrderElementsOf(numbers(200));
    }

    @Test
    void live_messages_stay_live_and_types_come_out_as_they_went_in() {
        Fig4 network = new Fig4(ButterflyCoding::new, 1);
        for (long sequence = 0; sequence < 2; sequence++) {
            network.produce(Message.builder(Fig4.id("A"), MessageType.LIVE | (0x0101 + (int) sequence))
                    .application(1)
                    .sequence(sequence)
                    .payload("part " + sequence)
                    .build());
        }
        network.fate("E", "F", message -> {
            assertThat(message.type()).isEqualTo(MessageType.LIVE | Sum.TYPE);
            return List.of(message);
        });
        network.run();

        assertThat(network.node("F").delivered())
                .map(Message::type)
                .containsExactly(MessageType.LIVE | 0x0101, MessageType.LIVE | 0x0102);
        assertThat(network.node("F").delivered()).map(Message::text).containsExactly("part 0", "part 1");
    }
}
