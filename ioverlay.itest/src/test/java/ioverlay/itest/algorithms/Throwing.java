package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;

/** Cannot take data. */
public final class Throwing extends BasicAlgorithm {
    private static final int CONTROL = 0x8000;

    @Override
    public Disposition process(Message message) {
        if (message.type() < CONTROL) {
            throw new IllegalStateException("this version cannot take data");
        }
        return super.process(message);
    }
}
