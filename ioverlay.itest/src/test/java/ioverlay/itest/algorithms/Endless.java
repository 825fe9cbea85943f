package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;

/** Never comes back from the first data message, and takes no notice of an interrupt. */
public final class Endless extends BasicAlgorithm {
    private long turns;

    @Override
    public Disposition process(Message message) {
        while (message.type() == MessageType.DATA) {
            turns++;
        }
        return turns < 0 ? Disposition.HOLD : super.process(message);
    }
}
