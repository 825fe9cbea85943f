package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;

/**
 * Asks its engine for what data says: {@code TYPE PARAMETER PAYLOAD}, the first in hexadecimal digits; anything else goes
 * to the next hop in its settings.
 */
public final class Asking extends BasicAlgorithm {
    @Override
    public Disposition process(Message message) {
        if (message.type() != MessageType.DATA) {
            return super.process(message);
        }
        String[] words = message.text().split(" ", 3);
        if (words.length < 3) {
            send(message, NodeId.parse(place().settings().get("next").getAsString()));
            return Disposition.DONE;
        }
        send(
                message(Integer.parseInt(words[0], 16))
                        .params(Integer.parseInt(words[1]), 0)
                        .payload(words[2])
                        .build(),
                self());
        return Disposition.DONE;
    }
}
