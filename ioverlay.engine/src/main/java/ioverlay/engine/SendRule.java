package ioverlay.engine;

import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;

/** What may be sent where. */
final class SendRule {
    private SendRule() {}

    /** Checked when an algorithm sends, so that it learns of a broken rule at the place where it broke it. */
    static void check(Message message, NodeId self, NodeId... destinations) {
        if (MessageType.isEngine(message.type())) {
            for (NodeId destination : destinations) {
                if (!destination.equals(self)) {
                    throw new IllegalArgumentException("an engine type goes to the node itself only, not type 0x"
                            + Integer.toHexString(message.type()) + " to " + destination);
                }
            }
        }
    }
}
