package ioverlay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Engine;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What a call may send, and when it takes effect. */
final class SendRulesTest {
    private static final NodeId B = Peers.B;
    private static final NodeId C = Peers.C;

    /** Does one thing with each data message. */
    private static final class Doing extends BasicAlgorithm {
        private final BiConsumer<Doing, Message> what;

        Doing(BiConsumer<Doing, Message> what) {
            this.what = what;
        }

        Place where() {
            return place();
        }

        void emit(Message message, NodeId... to) {
            send(message, to);
        }

        Message small(int type) {
            return message(type).build();
        }

        @Override
        public Disposition process(Message message) {
            what.accept(this, message);
            return Disposition.DONE;
        }
    }

    private static TestNode doing(BiConsumer<Doing, Message> what) {
        return TestNode.with(new Doing(what)).start();
    }

    @Test
    void a_message_goes_on_with_its_header_and_payload_in_the_order_of_the_sends() {
        TestNode node = doing((me, message) -> {
            me.emit(message, B, C);
            me.emit(message, B);
        });
        Message message = node.message(0x0123, C).sequence(5).payload("hello").build();
        node.receive(message);
        assertThat(node.sent()).extracting(Sent::to).containsExactly(B, C, B);
        assertThat(node.sentTo(C).getFirst().header()).isEqualTo(message.header());
        assertThat(node.takeSent().getFirst().text()).isEqualTo("hello");
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void data_for_the_node_itself_goes_to_its_application() {
        TestNode node = doing((me, message) -> me.emit(message, me.where().self()));
        node.receive(node.data(B, "hello"));
        assertThat(node.sent()).isEmpty();
        assertThat(node.takeDelivered()).extracting(Message::text).containsExactly("hello");
        assertThat(node.delivered()).isEmpty();
    }

    @Test
    void control_for_the_node_itself_comes_back_as_a_call_of_its_own() {
        Peers.Listening algorithm = new Peers.Listening() {
            @Override
            void act(Message message) {
                if (message.type() == MessageType.DATA) {
                    send(message(0x8100).params(3, 4).build(), self());
                    heard.add("end of the call");
                }
            }
        };
        TestNode node = TestNode.with(algorithm).start();
        node.receive(node.data(B, ""));
        assertThat(algorithm.heard).containsExactly("0x1 0 0", "end of the call", "0x8100 3 4");
    }

    @Test
    void a_call_that_throws_has_sent_nothing_and_the_node_goes_on() {
        TestNode node = doing((me, message) -> {
            me.emit(message, B);
            if (message.text().equals("bad")) {
                throw new IllegalArgumentException("I do not like it");
            }
        });
        assertThatThrownBy(() -> node.receive(node.data(C, "bad")))
                .isInstanceOf(AlgorithmFailure.class)
                .hasMessageContaining("type 0x1")
                .hasRootCauseMessage("I do not like it");
        node.receive(node.data(C, "good"));
        assertThat(node.sentTo(B)).extracting(Message::text).containsExactly("good");
        assertThat(node.failures()).hasSize(1);
        assertThat(node.processed()).isEqualTo(1);
    }

    @Test
    void failures_are_only_counted_if_the_test_says_so() {
        TestNode node = TestNode.with(new Doing((me, message) -> {
                    throw new IllegalStateException("always");
                }))
                .onlyCountFailures()
                .start();
        node.receive(node.data(C, "1")).receive(node.data(C, "2"));
        assertThat(node.failures()).extracting(Throwable::getMessage).containsExactly("always", "always");
    }

    @Test
    void a_send_outside_a_call_throws() {
        Doing algorithm = new Doing((me, message) -> {});
        TestNode node = TestNode.with(algorithm).start();
        Message message = node.data(B, "");
        assertThatThrownBy(() -> algorithm.emit(message, B))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("send is allowed within the algorithm's own calls only");
    }

    @Test
    void a_send_on_another_thread_throws() throws Exception {
        Throwable[] thrown = new Throwable[1];
        TestNode node = doing((me, message) -> {
            Thread other = Thread.ofPlatform().unstarted(() -> me.emit(me.small(MessageType.DATA), B));
            other.setUncaughtExceptionHandler((thread, e) -> thrown[0] = e);
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        node.receive(node.data(B, ""));
        assertThat(thrown[0]).hasMessage("an algorithm sends on the thread of its own call only");
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void an_engine_type_goes_to_the_node_itself_only() {
        TestNode node = doing((me, message) -> me.emit(me.small(MessageType.SET_TIMER), B));
        assertThatThrownBy(() -> node.receive(node.data(B, "")))
                .hasRootCauseMessage("an engine type goes to the node itself only, not type 0xc201 to " + B);
    }

    @Test
    void one_call_sends_at_most_so_many_messages_even_if_it_catches_what_is_thrown() {
        NodeId[] many = new NodeId[Engine.MAX_SENDS_PER_CALL + 1];
        Arrays.fill(many, B);
        TestNode node = doing((me, message) -> {
            me.emit(message, C);
            try {
                me.emit(message, many);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("at most " + Engine.MAX_SENDS_PER_CALL + " messages");
            }
        });
        assertThatThrownBy(() -> node.receive(node.data(B, "")))
                .hasRootCauseMessage("a rule of send was broken within the call");
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void one_call_sends_at_most_so_many_bytes_each_message_counted_once() {
        byte[] large = new byte[Header.MAX_PAYLOAD];
        TestNode node = doing((me, message) -> {
            for (int i = 0; i < message.param2(); i++) {
                me.emit(Message.builder(B, MessageType.DATA).payload(large).build(), B, C);
            }
        });
        node.receive(node.message(MessageType.DATA, B).params(0, 3).build());
        assertThat(node.takeSent()).hasSize(6);
        Message tooMuch = node.message(MessageType.DATA, B).params(0, 4).build();
        assertThatThrownBy(() -> node.receive(tooMuch))
                .hasMessageContaining(Engine.MAX_BYTES_PER_CALL + " bytes, not 8 and 4194400");
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void a_message_without_destinations_is_sent_nowhere() {
        TestNode node = doing((me, message) -> me.emit(message));
        node.receive(node.data(B, ""));
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void the_test_gives_a_node_only_what_a_real_one_would_get() {
        TestNode node = doing((me, message) -> {});
        Message engine = node.message(MessageType.TIMER, B).build();
        assertThatThrownBy(() -> node.receive(engine)).hasMessageContaining("type 0xc108 would be dropped");
        Message other = Message.builder(B, MessageType.DATA).application(9).build();
        assertThatThrownBy(() -> node.receive(other))
                .hasMessageContaining("the slot serves application 1, not 9, which the message has");
        TestNode all = TestNode.with(new Peers.ToB()).application(0).start();
        assertThat(all.receive(other).sentTo(B)).hasSize(1);
    }

    @Test
    void an_algorithm_that_never_comes_to_rest_is_found() {
        TestNode node =
                doing((me, message) -> me.emit(me.small(0x8100), me.where().self()));
        assertThatThrownBy(() -> node.receive(node.data(B, "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("would go on for ever");
    }

    @Test
    void the_algorithm_does_not_steer_its_own_node() {
        TestNode[] node = new TestNode[1];
        node[0] = doing((me, message) -> node[0].receive(message));
        assertThatThrownBy(() -> node[0].receive(node[0].data(B, "")))
                .hasMessageContaining("a test does not steer the node from within a call");
    }
}
