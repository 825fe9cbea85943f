package ioverlay.testkit;

import ioverlay.api.Engine;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.util.ArrayList;
import java.util.List;

/** What one call of an algorithm wants to happen: it takes effect when the call returns, and never if it throws. */
final class StagedCall {
    /** One message to one destination. */
    record Send(Message message, NodeId to) {}

    private final List<Send> sends = new ArrayList<>();
    private final List<Message> released = new ArrayList<>();
    private long bytes;
    private boolean open;
    private boolean broken;
    private Thread caller = Thread.currentThread();

    void open() {
        open = true;
        caller = Thread.currentThread();
        broken = false;
    }

    /** No further send; what was staged stays. */
    void close() {
        open = false;
    }

    /** Whether a limit was broken within the call, even if the algorithm caught the exception. */
    boolean isBroken() {
        return broken;
    }

    void stage(Message message, NodeId... to) {
        if (!open) {
            throw new IllegalStateException("send is allowed within the algorithm's own calls only");
        }
        if (Thread.currentThread() != caller) {
            throw new IllegalStateException("an algorithm sends on the thread of its own call only");
        }
        long size = to.length == 0 ? 0 : (long) Header.BYTES + message.payloadSize();
        if (sends.size() + to.length > Engine.MAX_SENDS_PER_CALL || bytes + size > Engine.MAX_BYTES_PER_CALL) {
            broken = true;
            throw new IllegalStateException("one call sends at most " + Engine.MAX_SENDS_PER_CALL + " messages and "
                    + Engine.MAX_BYTES_PER_CALL + " bytes, not " + (sends.size() + to.length) + " and "
                    + (bytes + size));
        }
        bytes += size;
        for (NodeId destination : to) {
            sends.add(new Send(message, destination));
        }
    }

    void release(Message held) {
        if (!open) {
            throw new IllegalStateException("a held message is released within the algorithm's own calls only");
        }
        released.add(held);
    }

    List<Send> sends() {
        return List.copyOf(sends);
    }

    List<Message> released() {
        return List.copyOf(released);
    }

    /** Forgets everything staged. */
    void clear() {
        sends.clear();
        released.clear();
        bytes = 0;
    }
}
