package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The node's engine as a service; its turn stands still until a test starts it. */
@Timeout(60)
class ServiceEngineTest {
    private static final int CUSTOM = 0x8100;

    private final LoneSwitch lone = new LoneSwitch();
    private final Engine engine = new ServiceEngine(lone.node);
    private final Queue<Long> heard = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        lone.close();
    }

    private final class Listener extends BasicAlgorithm {
        @Override
        public Disposition process(Message message) {
            heard.add(message.sequence());
            return Disposition.DONE;
        }
    }

    private static Message message(int type, long sequence, int payloadSize) {
        return Message.builder(LoneSwitch.SELF, type)
                .sequence(sequence)
                .payload(new byte[payloadSize])
                .build();
    }

    @Test
    void control_messages_reach_the_slot_in_their_order() {
        lone.serve(0, new Listener());
        lone.start();
        for (long i = 0; i < 100; i++) {
            engine.send(message(CUSTOM, i, 10), LoneSwitch.SELF);
        }
        Await.until("all messages", () -> heard.size() == 100);
        assertThat(heard.stream()).isSorted();
    }

    @Test
    void as_many_as_may_wait_wait_and_one_more_is_refused() {
        lone.serve(0, new Listener());
        for (int i = 0; i < ServiceEngine.MAX_WAITING; i++) {
            engine.send(message(CUSTOM, i, 0), LoneSwitch.SELF);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.send(message(CUSTOM, 0, 0), LoneSwitch.SELF))
                .withMessageContaining("at most 1024 sends wait");
        lone.start();
        Await.until("those that waited", () -> heard.size() == ServiceEngine.MAX_WAITING);
        engine.send(message(CUSTOM, 0, 0), LoneSwitch.SELF);
        Await.until("one more", () -> heard.size() == ServiceEngine.MAX_WAITING + 1);
    }

    @Test
    void too_many_destinations_are_refused() {
        NodeId[] many = new NodeId[Engine.MAX_SENDS_PER_CALL + 1];
        Arrays.fill(many, LoneSwitch.SELF);
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.send(message(CUSTOM, 0, 0), many))
                .withMessageContaining("not 1025");
    }

    @Test
    void an_engine_type_goes_to_the_node_itself_only() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.send(message(MessageType.TRACE, 0, 0), NodeId.parse("127.0.0.1:7001")))
                .withMessageContaining("0xc205 to 127.0.0.1:7001");
    }

    @Test
    void what_no_slot_serves_is_counted() {
        lone.start();
        engine.send(message(CUSTOM, 0, 0), LoneSwitch.SELF);
        Await.until(
                "the count",
                () -> Long.valueOf(1).equals(lone.node.counters().byName().get("messages.unclaimed")));
    }

    @Test
    void data_to_a_node_without_the_application_is_counted() {
        lone.serve(0, new Listener());
        lone.start();
        engine.send(message(MessageType.DATA, 0, 0), LoneSwitch.SELF);
        Await.until(
                "the count",
                () -> Long.valueOf(1).equals(lone.node.counters().byName().get("messages.undelivered")));
    }
}
