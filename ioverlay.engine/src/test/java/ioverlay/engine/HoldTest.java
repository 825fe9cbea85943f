package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Application;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Session;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages on hold: made into new ones, handed back at the bound, handed over to a successor. */
class HoldTest {
    private static final Content CONTENT = Content.of(2_000);

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Holds a message until the one of the same number comes from the other upstream, and delivers their XOR. */
    private static final class XorOfPairs extends BasicAlgorithm {
        private final Map<Long, Message> alone = new HashMap<>();

        @Override
        public Disposition process(Message message) {
            if (message.type() != MessageType.DATA) {
                return super.process(message);
            }
            Message other = alone.remove(message.sequence());
            if (other == null) {
                alone.put(message.sequence(), message);
                return Disposition.HOLD;
            }
            ByteBuffer mine = message.payload();
            ByteBuffer theirs = other.payload();
            byte[] xor = new byte[mine.remaining()];
            for (int i = 0; i < xor.length; i++) {
                xor[i] = (byte) (mine.get(i) ^ theirs.get(i));
            }
            deliver(Message.madeFrom(other).payload(xor).build());
            return Disposition.DONE;
        }
    }

    /** Counts messages whose payload is all zero, which is what equal ones give. */
    private static final class ZeroSink implements Application {
        final AtomicInteger zero = new AtomicInteger();
        final AtomicInteger other = new AtomicInteger();

        @Override
        public void begin(Session session) {
            // Nothing to prepare.
        }

        @Override
        public void consume(Message message) {
            boolean right = message.payload().equals(ByteBuffer.allocate(CONTENT.most()));
            (right ? zero : other).incrementAndGet();
        }
    }

    @Test
    void pairs_of_two_upstreams_become_one_message_each_and_nothing_stays_on_hold() {
        int pairs = 900; // one upstream's fit into what a slot may hold, however late the other is
        Node coder = testbed.node("coder");
        Testbed.serve(coder, new XorOfPairs());
        ZeroSink sink = Testbed.attach(coder, Testbed.APP, new ZeroSink());
        for (int i = 0; i < 2; i++) {
            Node source = testbed.node("source" + i, 64 << 10);
            Testbed.serve(source, Forwarder.to(coder.id()));
            Testbed.attach(source, Testbed.APP, NumberedSource.of(CONTENT, pairs));
        }

        Await.until("all pairs, not " + sink.zero, () -> sink.zero.get() == pairs);
        assertThat(sink.other).hasValue(0);
        assertThat(coder.status().slots().getFirst().held()).isZero();
        assertThat(coder.status().slots().getFirst().heldBytes()).isZero();
        assertThat(Testbed.count(coder, "holds.expired")).isZero();
    }

    /** Holds everything, and notes what comes back. */
    static class Hoarder extends BasicAlgorithm {
        final Queue<Long> expired = new ConcurrentLinkedQueue<>();
        final AtomicInteger intact = new AtomicInteger();

        @Override
        public Disposition process(Message message) {
            switch (message.type()) {
                case MessageType.DATA -> {
                    return Disposition.HOLD;
                }
                case MessageType.HOLD_EXPIRED -> {
                    Message oldest = message.subject().orElseThrow();
                    expired.add(oldest.sequence());
                    if (CONTENT.matches(oldest.payload(), oldest.sequence())) {
                        intact.incrementAndGet();
                    }
                }
                default -> {
                    return super.process(message);
                }
            }
            return Disposition.DONE;
        }
    }

    @Test
    void at_the_bound_the_oldest_held_message_comes_back_readable_for_the_last_time() {
        int messages = 20;
        int bufferBytes = 8 << 10;
        Node node = testbed.node("n", bufferBytes);
        Hoarder hoarder = Testbed.serve(node, new Hoarder());
        Testbed.attach(node, Testbed.APP, NumberedSource.of(CONTENT, messages));
        Await.until(
                "all are on hold or came back",
                () -> node.status().slots().getFirst().held() + hoarder.expired.size() == messages);

        int held = node.status().slots().getFirst().held();
        assertThat(node.status().slots().getFirst().heldBytes()).isLessThanOrEqualTo(2L * bufferBytes);
        assertThat(held).isPositive();
        assertThat(hoarder.expired)
                .containsExactlyElementsOf(
                        LongStream.range(0, messages - held).boxed().toList());
        assertThat(hoarder.intact).hasValue(messages - held);
        assertThat(Testbed.count(node, "holds.expired")).isEqualTo(messages - held);
    }

    /** Finds what its predecessor held and sends it on when it is told to. */
    private static final class Heir extends BasicAlgorithm {
        final Queue<Long> found = new ConcurrentLinkedQueue<>();
        private final NodeId to;

        Heir(NodeId to) {
            this.to = to;
        }

        @Override
        public void restore(State state, WrittenBy writtenBy) throws Exception {
            super.restore(state, writtenBy);
            place().held().forEach(message -> found.add(message.sequence()));
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.CUSTOM) {
                for (Message held : place().held()) {
                    send(held, to);
                    held.release();
                }
            }
            return Disposition.DONE;
        }
    }

    @Test
    void a_successor_finds_what_was_held_in_order_and_can_send_it_on_intact() {
        Node last = testbed.node("last");
        Testbed.serve(last, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        Node middle = testbed.node("middle");
        Testbed.serve(middle, new Hoarder());
        Node first = testbed.node("first");
        Testbed.serve(first, Forwarder.to(middle.id()));
        Testbed.attach(first, Testbed.APP, NumberedSource.of(CONTENT, 5));
        Await.until("five are on hold", () -> middle.status().slots().getFirst().held() == 5);

        Heir heir = new Heir(last.id());
        Exchange exchange = middle.exchange(Testbed.candidate(middle, 0, heir));
        assertThat(exchange.failure()).isEmpty();
        assertThat(exchange.held()).isEqualTo(5);
        assertThat(List.copyOf(heir.found)).containsExactly(0L, 1L, 2L, 3L, 4L);

        middle.tell(Message.builder(middle.id(), MessageType.CUSTOM).build());
        Await.until("all five arrive", () -> sink.received() == 5);
        assertThat(sink.account()).isEqualTo(CheckingSink.intact(5));
        assertThat(middle.status().slots().getFirst().held()).isZero();
    }
}
