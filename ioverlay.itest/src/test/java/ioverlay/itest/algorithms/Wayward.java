package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;

/** Does with the data of each sequence number something else that the relay does not. */
public final class Wayward extends BasicAlgorithm {
    /** Where no node is; a real one would try to dial it. */
    public static final NodeId NOWHERE = NodeId.parse("127.0.0.1:1");

    @Override
    public Disposition process(Message message) {
        if (message.type() != MessageType.DATA) {
            return super.process(message);
        }
        switch ((int) message.sequence() % 4) {
            case 0 -> send(message, NOWHERE);
            case 1 ->
                deliver(message(MessageType.DATA)
                        .sequence(message.sequence())
                        .payload("lies")
                        .build());
            case 2 -> {} // nothing at all
            default -> throw new IllegalStateException("odd number " + message.sequence());
        }
        return Disposition.DONE;
    }
}
