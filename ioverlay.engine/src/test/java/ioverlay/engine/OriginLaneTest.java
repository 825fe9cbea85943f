package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.message.OriginLane;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What control messages cause is bounded: beyond the bound it comes back, and nothing gets lost silently. */
class OriginLaneTest {
    private static final Content CONTENT = Content.of(1_000);
    private static final int SENDS = 600;
    private static final int AT_ONCE = 100;

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Sends a batch of numbered data for each custom message; notes what comes back, and how often there is room again. */
    private static final class Originator extends BasicAlgorithm {
        final Queue<Long> refused = new ConcurrentLinkedQueue<>();
        final AtomicInteger intact = new AtomicInteger();
        final AtomicInteger rooms = new AtomicInteger();
        private final NodeId to;
        private long next;

        Originator(NodeId to) {
            this.to = to;
        }

        @Override
        public Disposition process(Message message) {
            switch (message.type()) {
                case MessageType.CUSTOM -> {
                    for (int i = 0; i < AT_ONCE; i++) {
                        ByteBuffer payload = ByteBuffer.allocate(CONTENT.size(next));
                        CONTENT.fill(payload, next);
                        send(
                                message(MessageType.DATA)
                                        .application(Testbed.APP)
                                        .sequence(next++)
                                        .payload(payload.flip())
                                        .build(),
                                to);
                    }
                }
                case MessageType.SEND_REFUSED -> {
                    Message back = message.subject().orElseThrow();
                    refused.add(back.sequence());
                    if (CONTENT.matches(back.payload(), back.sequence())) {
                        intact.incrementAndGet();
                    }
                }
                case MessageType.ROOM -> rooms.incrementAndGet();
                default -> {
                    return super.process(message);
                }
            }
            return Disposition.DONE;
        }
    }

    @Test
    void sends_beyond_the_bound_come_back_and_room_follows_when_there_is_some() {
        Node to = testbed.node("to", Testbed.SMALL_BUFFER);
        Testbed.serve(to, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(to, Testbed.APP, new CheckingSink(CONTENT).shut());
        Node from = testbed.node("from", Testbed.SMALL_BUFFER);
        Originator originator = Testbed.serve(from, new Originator(to.id()));
        for (int i = 0; i < SENDS / AT_ONCE; i++) {
            from.tell(Message.builder(from.id(), MessageType.CUSTOM).build());
        }

        int queues = 4 * Testbed.SMALL_BUFFER / CONTENT.most() + 8;
        Await.until(
                "what exceeds lane and queues comes back, but only " + originator.refused.size() + " did",
                () -> originator.refused.size() >= SENDS - OriginLane.MAX_MESSAGES - queues);
        assertThat(originator.refused.size()).isLessThanOrEqualTo(SENDS - OriginLane.MAX_MESSAGES);
        assertThat(originator.rooms).hasValue(0);

        sink.reopen();
        Await.until("there is room", () -> originator.rooms.get() == 1);
        Await.until("every message arrived or came back", () -> sink.received() + originator.refused.size() == SENDS);
        assertThat(originator.intact).hasValue(originator.refused.size());
        assertThat(Testbed.count(from, "sends.refused")).isEqualTo(originator.refused.size());
        assertThat(sink.backwards() + sink.corrupt()).isZero();
    }
}
