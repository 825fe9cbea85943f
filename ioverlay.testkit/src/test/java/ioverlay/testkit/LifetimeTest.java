package ioverlay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long messages and their payloads are valid, and what holding does. */
final class LifetimeTest {
    /** Keeps what it must not keep, and holds what it is told to. */
    private static final class Keeper extends BasicAlgorithm {
        final List<Message> kept = new ArrayList<>();
        final List<ByteBuffer> buffers = new ArrayList<>();
        final List<MemorySegment> segments = new ArrayList<>();
        final List<String> expired = new ArrayList<>();
        boolean fails;

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.HOLD_EXPIRED) {
                expired.add(message.subject().orElseThrow().text() + ", " + message.param1() + " left");
                return Disposition.DONE;
            }
            if (message.type() == MessageType.CUSTOM) {
                return onHeld(message.param1());
            }
            kept.add(message);
            buffers.add(message.payload());
            segments.add(message.segment());
            return message.text().startsWith("hold") ? Disposition.HOLD : Disposition.DONE;
        }

        private Disposition onHeld(int what) {
            switch (what) {
                case 1 -> place().held().getFirst().release();
                case 2 ->
                    send(
                            Message.madeFrom(place().held().toArray(Message[]::new))
                                    .payload("made")
                                    .build(),
                            Peers.B);
                default -> send(place().held().getFirst(), Peers.C);
            }
            if (fails) {
                throw new IllegalStateException("after all");
            }
            return Disposition.DONE;
        }
    }

    private final Keeper keeper = new Keeper();
    private final TestNode node = TestNode.with(keeper).holdBytes(100).start();

    private void data(String text) {
        node.receive(node.data(Peers.B, text));
    }

    private void custom(int what) {
        node.receive(node.message(MessageType.CUSTOM, Peers.B).params(what, 0).build());
    }

    @Test
    void a_message_that_is_kept_after_DONE_throws_at_every_touch() {
        data("hello");
        Message gone = keeper.kept.getFirst();
        List<Runnable> touches = List.of(
                gone::type,
                gone::sender,
                gone::application,
                gone::sequence,
                gone::payloadSize,
                gone::payload,
                gone::segment,
                gone::from,
                gone::header,
                gone::release,
                gone::copy);
        assertThat(touches)
                .allSatisfy(touch -> assertThatThrownBy(touch::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("when process returned DONE"));
        assertThat(gone).hasToString("message that went back to the engine");
    }

    @Test
    void a_message_that_is_kept_cannot_be_sent() {
        BasicAlgorithm algorithm = new BasicAlgorithm() {
            private Message last = Message.builder(Peers.B, MessageType.DATA).build();

            @Override
            public Disposition process(Message message) {
                send(last, Peers.B);
                last = message;
                return Disposition.DONE;
            }
        };
        TestNode other = TestNode.with(algorithm).start();
        other.receive(other.data(Peers.B, "1"));
        assertThatThrownBy(() -> other.receive(other.data(Peers.B, "2"))).isInstanceOf(AlgorithmFailure.class);
        assertThat(other.sent()).hasSize(1);
    }

    @Test
    void a_view_that_is_kept_throws_even_of_a_held_message() {
        data("hold me");
        assertThatThrownBy(() -> keeper.buffers.getFirst().get(0)).isInstanceOf(IllegalStateException.class);
        MemorySegment segment = keeper.segments.getFirst();
        assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(node.held()).extracting(Message::text).containsExactly("hold me");
    }

    @Test
    void a_view_cannot_be_written() {
        BasicAlgorithm writer = new BasicAlgorithm() {
            @Override
            public Disposition process(Message message) {
                message.payload().put(0, (byte) 1);
                return Disposition.DONE;
            }
        };
        TestNode other = TestNode.with(writer).start();
        assertThatThrownBy(() -> other.receive(other.data(Peers.B, "x")))
                .hasRootCauseInstanceOf(java.nio.ReadOnlyBufferException.class);
    }

    @Test
    void a_copy_and_what_the_author_builds_stay_valid() {
        Message[] copy = new Message[1];
        BasicAlgorithm copying = new BasicAlgorithm() {
            @Override
            public Disposition process(Message message) {
                copy[0] = message.copy();
                return Disposition.DONE;
            }
        };
        TestNode other = TestNode.with(copying).start();
        other.receive(other.data(Peers.B, "x"), Peers.C);
        assertThat(copy[0].text()).isEqualTo("x");
        assertThat(copy[0].from()).isEqualTo(Peers.C);
    }

    @Test
    void a_held_message_is_valid_in_later_calls_and_goes_when_it_is_released() {
        data("hold me");
        custom(3);
        assertThat(node.sentTo(Peers.C)).extracting(Message::text).containsExactly("hold me");
        custom(1);
        assertThat(node.held()).isEmpty();
        assertThatThrownBy(() -> keeper.kept.getFirst().type()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void messages_go_back_when_another_one_was_made_from_them() {
        data("hold 1");
        data("hold 2");
        custom(2);
        assertThat(node.sentTo(Peers.B)).extracting(Message::text).containsExactly("made");
        assertThat(node.held()).isEmpty();
    }

    @Test
    void a_call_that_throws_has_released_nothing() {
        data("hold me");
        keeper.fails = true;
        assertThatThrownBy(() -> custom(1)).isInstanceOf(AlgorithmFailure.class);
        assertThatThrownBy(() -> custom(2)).isInstanceOf(AlgorithmFailure.class);
        assertThat(node.held()).hasSize(1);
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void a_release_outside_a_call_throws() {
        data("hold me");
        Message held = keeper.kept.getFirst();
        assertThatThrownBy(held::release).hasMessageContaining("within the algorithm's own calls only");
    }

    @Test
    void beyond_the_bound_the_oldest_comes_back_for_the_last_time() {
        data("hold 1 " + "x".repeat(20));
        data("hold 2");
        assertThat(keeper.expired).isEmpty();
        data("hold 3");
        assertThat(keeper.expired).containsExactly("hold 1 " + "x".repeat(20) + ", 2 left");
        assertThat(node.held()).extracting(Message::text).containsExactly("hold 2", "hold 3");
        assertThatThrownBy(() -> keeper.kept.getFirst().type()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_slot_holds_at_least_a_byte() {
        assertThatThrownBy(() -> TestNode.with(keeper).holdBytes(0)).hasMessage("a slot holds at least 1 byte, not 0");
    }
}
