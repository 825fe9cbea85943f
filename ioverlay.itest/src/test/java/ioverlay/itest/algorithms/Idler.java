package ioverlay.itest.algorithms;

import ioverlay.api.Application;
import ioverlay.api.Session;

/** An application that does nothing, and begins only if its settings do not tell it to refuse. */
public final class Idler implements Application {
    @Override
    public void begin(Session session) throws Exception {
        if (session.settings().has("refuse")) {
            throw new Exception("too tired");
        }
    }
}
