package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;

/** Takes every message and sends nothing. */
public final class Silent extends BasicAlgorithm {
    @Override
    public Disposition process(Message message) {
        return Disposition.DONE;
    }
}
