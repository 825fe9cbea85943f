package ioverlay.testkit;

import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.time.Duration;

/**
 * A message that left the node, or that its local application got.
 *
 * @param to the destination; the node itself for what its application got
 * @param message a copy, valid for as long as the test keeps it
 * @param at when, since the node started
 */
public record Sent(NodeId to, Message message, Duration at) {
    /** The message's type. */
    public int type() {
        return message.type();
    }

    /** The message's payload as UTF-8 text. */
    public String text() {
        return message.text();
    }

    @Override
    public String toString() {
        return "to " + to + " at " + at + ": " + message;
    }
}
