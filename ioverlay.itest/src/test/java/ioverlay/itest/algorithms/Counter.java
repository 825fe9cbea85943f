package ioverlay.itest.algorithms;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;

/** Counts the custom commands it gets. */
public final class Counter extends BasicAlgorithm {
    @Carried
    private int count;

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
}
