package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;

/** Would end the JVM. */
public final class Exiting extends BasicAlgorithm {
    @Override
    public Disposition process(Message message) {
        if (message.application() == Integer.MAX_VALUE) {
            System.exit(1);
        }
        return Disposition.DONE;
    }
}
