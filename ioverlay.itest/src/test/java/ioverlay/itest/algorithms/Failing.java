package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;

/** Counts as the counter does, and throws as soon as the count would go beyond its limit. */
public final class Failing extends BasicAlgorithm {
    private static final int LIMIT = 3;

    @Carried
    private int count;

    @Override
    public Disposition process(Message message) {
        if (message.type() != MessageType.CUSTOM) {
            return super.process(message);
        }
        if (count >= LIMIT) {
            throw new IllegalStateException("cannot count beyond " + LIMIT);
        }
        count++;
        return Disposition.DONE;
    }
}
