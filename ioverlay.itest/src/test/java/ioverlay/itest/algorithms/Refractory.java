package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;

/** Begins well, takes any state over, and throws at the first data. */
public final class Refractory extends BasicAlgorithm {
    @Override
    public Disposition process(Message message) {
        if (message.type() == MessageType.DATA) {
            throw new IllegalStateException("this version will not pass data on");
        }
        return super.process(message);
    }
}
