package ioverlay.algo.tree;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The way from one parent to the next without a gap: the old one is left only when the new one goes on from what it has
 * brought; what the new one brings too early is held meanwhile.
 */
final class Crossing {
    /** What is held goes out in one call, with the message that it waited for. */
    private static final int MOST_SENDS = 768;

    private static final int MOST_BYTES = 2 << 20;

    final NodeId old;
    private final Deque<Message> early = new ArrayDeque<>();
    private int bytes;

    Crossing(NodeId old) {
        this.old = old;
    }

    /** Whether one more can be held, of which so many copies will go out. */
    boolean hasRoom(Message message, int copies) {
        return (early.size() + 1) * Math.max(1, copies) <= MOST_SENDS
                && bytes + Header.BYTES + message.payloadSize() <= MOST_BYTES;
    }

    void hold(Message message) {
        early.add(message);
        bytes += Header.BYTES + message.payloadSize();
    }

    boolean isEmpty() {
        return early.isEmpty();
    }

    Message first() {
        return early.element();
    }

    Message take() {
        return early.remove();
    }
}
