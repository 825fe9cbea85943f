package ioverlay.itest.algorithms;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Place;
import java.util.concurrent.locks.LockSupport;

/** Works well, and its component does not come back from its deactivation until the test lets go. */
public final class Clinging extends BasicAlgorithm {
    /** The system property that lets go. */
    public static final String LET_GO = "ioverlay.itest.clinging.let-go";

    @Carried
    private int count;

    private boolean begun;

    @Override
    public void begin(Place place) {
        super.begin(place);
        begun = true; // only then: whoever looks at the bundle before gives an instance back, too
    }

    @Override
    public Disposition process(Message message) {
        if (message.type() == MessageType.CUSTOM) {
            count++;
            return Disposition.DONE;
        }
        return super.process(message);
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("count", count);
        return status;
    }

    /** Found by its name. */
    public void deactivate() {
        while (begun && !Boolean.getBoolean(LET_GO)) {
            LockSupport.parkNanos(20_000_000);
        }
    }
}
