package ioverlay.engine;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends data on to its next nodes and, if told so, to the local application; remembers what it was told of links and
 * sends.
 */
class Forwarder extends BasicAlgorithm {
    /** Volatile: tests change the route while traffic flows. */
    private volatile NodeId[] route;

    private final boolean delivers;
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();

    /** A notice, as far as it outlives the call. */
    record Heard(int type, int param1, int param2, String text) {}

    /** Takes its time for each message. */
    static final class Pausing extends Forwarder {
        private final Duration pause;

        /** Volatile: the test says when it is enough. */
        private volatile boolean hurries;

        private final AtomicInteger calls = new AtomicInteger();

        private Pausing(Duration pause, NodeId... next) {
            super(false, next);
            this.pause = pause;
        }

        static Pausing to(Duration pause, NodeId... next) {
            return new Pausing(pause, next);
        }

        /** Calls that have begun with data. */
        int calls() {
            return calls.get();
        }

        void hurry() {
            hurries = true;
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.DATA) {
                calls.incrementAndGet();
                Await.passes(hurries ? Duration.ZERO : pause);
            }
            return super.process(message);
        }
    }

    private Forwarder(boolean delivers, NodeId... next) {
        this.delivers = delivers;
        this.route = next.clone();
    }

    /** Sends on, and keeps nothing for the local application. */
    static Forwarder to(NodeId... next) {
        return new Forwarder(false, next);
    }

    /** Gives data to the local application, then sends it on. */
    static Forwarder delivering(NodeId... next) {
        return new Forwarder(true, next);
    }

    /** From any thread: the next nodes from now on. */
    void route(NodeId... next) {
        route = next.clone();
    }

    @Override
    public Disposition process(Message message) {
        switch (MessageType.plain(message.type())) {
            case MessageType.DATA -> {
                if (delivers) {
                    deliver(message);
                }
                send(message, route);
            }
            case MessageType.LINK_UP,
                    MessageType.LINK_FAILED,
                    MessageType.LINK_CLOSED,
                    MessageType.SOURCE_FAILED,
                    MessageType.NODE_FAILED,
                    MessageType.SEND_FAILED,
                    MessageType.SEND_REFUSED ->
                heard.add(new Heard(
                        message.type(), message.param1(), message.param2(), peer(message) + sentence(message)));
            default -> {
                return super.process(message);
            }
        }
        return Disposition.DONE;
    }

    private static String sentence(Message notice) {
        ByteBuffer payload = notice.payload();
        byte[] text = new byte[notice.payloadSize() - NodeId.BYTES];
        payload.get(payload.position() + NodeId.BYTES, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Notices of this type, the oldest first. */
    List<Heard> heard(int type) {
        List<Heard> found = new ArrayList<>(heard);
        found.removeIf(notice -> notice.type() != type);
        return found;
    }

    boolean hasHeard(int type) {
        return !heard(type).isEmpty();
    }
}
