package ioverlay.container.shadow;

import ioverlay.api.Engine;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.engine.Tap;
import java.util.ArrayList;
import java.util.List;

/**
 * What one call of the shadow wants to happen, under the rules of the engine. Nothing of it ever does.
 *
 * <p><b>Threads:</b> that of the call.
 */
final class Staged {
    private final NodeId self;
    private final List<Tap.Sent> sends = new ArrayList<>();
    private final List<Lent> released = new ArrayList<>();
    private long bytes;
    private boolean open;
    private boolean broken;

    /** Read by whichever thread sends, so that one which may not is told so. */
    private volatile Thread owner = Thread.currentThread();

    Staged(NodeId self) {
        this.self = self;
    }

    /** Begins a call: forgets what the one before has staged. */
    void open() {
        sends.clear();
        released.clear();
        bytes = 0;
        broken = false;
        owner = Thread.currentThread();
        open = true;
    }

    void close() {
        open = false;
    }

    /** Whether a rule was broken within the call, even if the algorithm caught the exception. */
    boolean isBroken() {
        return broken;
    }

    void stage(Message message, NodeId[] destinations) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("an algorithm sends on the thread of its own call only");
        }
        checkEngineType(message, destinations);
        if (!open) {
            throw new IllegalStateException("send is allowed within the algorithm's own calls only");
        }
        long size = destinations.length == 0 ? 0 : (long) Header.BYTES + message.payloadSize();
        if (sends.size() + destinations.length > Engine.MAX_SENDS_PER_CALL
                || bytes + size > Engine.MAX_BYTES_PER_CALL) {
            broken = true;
            throw new IllegalStateException("one call sends at most " + Engine.MAX_SENDS_PER_CALL + " messages and "
                    + Engine.MAX_BYTES_PER_CALL + " bytes, not " + (sends.size() + destinations.length) + " and "
                    + (bytes + size));
        }
        bytes += size;
        for (NodeId destination : destinations) {
            sends.add(new Tap.Sent(message, destination));
        }
    }

    private void checkEngineType(Message message, NodeId[] destinations) {
        if (MessageType.isEngine(message.type())) {
            for (NodeId destination : destinations) {
                if (!destination.equals(self)) {
                    throw new IllegalArgumentException("an engine type goes to the node itself only, not type 0x"
                            + Integer.toHexString(message.type()) + " to " + destination);
                }
            }
        }
    }

    void release(Lent held) {
        if (open) {
            released.add(held);
        }
    }

    /** What was sent, in order; valid until the next call. */
    List<Tap.Sent> sends() {
        return sends;
    }

    List<Lent> released() {
        return released;
    }
}
