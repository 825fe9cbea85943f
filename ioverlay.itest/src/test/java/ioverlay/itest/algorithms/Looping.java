package ioverlay.itest.algorithms;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;

/** Never comes back from a custom command that it is to count. */
public final class Looping extends BasicAlgorithm {
    @Carried
    private int count;

    @Override
    public Disposition process(Message message) {
        while (message.type() == MessageType.CUSTOM) {
            count++;
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
