package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.util.concurrent.CountDownLatch;

/** Knows the counter's count, and never comes back from a custom command, unless it is interrupted. */
public final class Blocking extends BasicAlgorithm {
    @Carried
    @SuppressWarnings("UnusedVariable") // read where it is carried
    private int count;

    @Override
    public Disposition process(Message message) {
        if (message.type() != MessageType.CUSTOM) {
            return super.process(message);
        }
        try {
            new CountDownLatch(1).await();
            count++;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return Disposition.DONE;
    }
}
