package ioverlay.io.message;

import ioverlay.api.Engine;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call of an algorithm wants to happen: it is staged here and takes effect when the call returns. A call that
 * throws has staged in vain.
 *
 * <p><b>Threads:</b> that of the call.
 */
public final class Call {
    private static final int USUAL_SENDS = 16;

    private @Nullable Message[] messages = new Message[USUAL_SENDS];
    private @Nullable NodeId[] destinations = new NodeId[USUAL_SENDS];
    private final List<SlabMessage> released = new ArrayList<>();
    private int sends;
    private long bytes;
    private long sentBytes;
    private boolean open;
    private boolean broken;

    public void open() {
        open = true;
        broken = false;
    }

    /** No further send; what was staged stays to be committed or discarded. */
    public void close() {
        open = false;
    }

    /** Whether a rule was broken within the call, even if the algorithm caught the exception. */
    public boolean isBroken() {
        return broken;
    }

    /** What may be sent where; looked at when an algorithm sends, so that it learns of a broken rule where it broke it. */
    public static void check(Message message, NodeId self, NodeId... destinations) {
        if (MessageType.isEngine(message.type())) {
            for (NodeId destination : destinations) {
                if (!destination.equals(self)) {
                    throw new IllegalArgumentException("an engine type goes to the node itself only, not type 0x"
                            + Integer.toHexString(message.type()) + " to " + destination);
                }
            }
        }
    }

    public void stage(Message message, NodeId[] to) {
        if (!open) {
            throw new IllegalStateException("send is allowed within the algorithm's own calls only");
        }
        long size = to.length == 0 ? 0 : (long) Header.BYTES + message.payloadSize();
        if (sends + to.length > Engine.MAX_SENDS_PER_CALL || bytes + size > Engine.MAX_BYTES_PER_CALL) {
            broken = true;
            throw new IllegalStateException("one call sends at most " + Engine.MAX_SENDS_PER_CALL + " messages and "
                    + Engine.MAX_BYTES_PER_CALL + " bytes, not " + (sends + to.length) + " and " + (bytes + size));
        }
        bytes += size;
        if (!MessageType.isEngine(message.type())) {
            sentBytes += size * to.length;
        }
        if (sends + to.length > messages.length) {
            int more = Math.max(messages.length * 2, sends + to.length);
            messages = Arrays.copyOf(messages, more);
            destinations = Arrays.copyOf(destinations, more);
        }
        for (NodeId destination : to) {
            messages[sends] = message;
            destinations[sends++] = destination;
        }
    }

    public void release(SlabMessage held) {
        released.add(held);
    }

    public int sends() {
        return sends;
    }

    /** What it sends, headers included, each destination counted; requests to the engine are not. */
    public long sentBytes() {
        return sentBytes;
    }

    public Message message(int at) {
        return staged(messages[at]);
    }

    public NodeId destination(int at) {
        return staged(destinations[at]);
    }

    private static <T> T staged(@Nullable T value) {
        if (value == null) {
            throw new IndexOutOfBoundsException("nothing is staged there");
        }
        return value;
    }

    public List<SlabMessage> released() {
        return released;
    }

    /** Forgets everything staged. */
    public void clear() {
        Arrays.fill(messages, 0, sends, null);
        Arrays.fill(destinations, 0, sends, null);
        sends = 0;
        bytes = 0;
        sentBytes = 0;
        if (!released.isEmpty()) {
            released.clear();
        }
    }
}
