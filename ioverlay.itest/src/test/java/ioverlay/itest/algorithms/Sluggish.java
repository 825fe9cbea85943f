package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.util.concurrent.locks.LockSupport;

/** Does what the relay does, but takes its time: at least a hundred times as long. */
public final class Sluggish extends BasicAlgorithm {
    private static final long NAP_NS = 200_000;

    @Override
    public Disposition process(Message message) {
        if (message.type() != MessageType.DATA) {
            return super.process(message);
        }
        LockSupport.parkNanos(NAP_NS);
        deliver(message);
        return Disposition.DONE;
    }
}
