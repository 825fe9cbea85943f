package ioverlay.bench;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.ApplicationType;
import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Sends messages of one size back to back, as {@code source.backtoback} does, until the {@link Valve} is closed. Then it
 * is finished and not stopped: how much it has sent in all can still be read in the node's status.
 *
 * <p><b>Settings:</b> {@code payload}: bytes after the header, at most those that the node takes.
 */
@ApplicationType("source.valved")
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class ValvedSource implements Application {
    private final Valve valve;
    private byte[] content = {};
    private long messages;

    /** Made by the framework for each node. */
    @Activate
    public ValvedSource(@Reference Valve valve) {
        this.valve = valve;
    }

    @Override
    public void begin(Session session) {
        int payload = session.settings().get("payload").getAsInt();
        if (payload < 1 || payload > Header.MAX_PAYLOAD) {
            throw new IllegalArgumentException("a payload has 1 to " + Header.MAX_PAYLOAD + " bytes, not " + payload);
        }
        content = new byte[payload];
    }

    @Override
    public long produce(Outlet outlet) {
        if (!valve.isOpen()) {
            return FINISHED;
        }
        while (outlet.fits(content.length)) {
            outlet.open(MessageType.DATA, messages, content.length).put(content);
            messages++;
        }
        return AT_ONCE;
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("messages", messages);
        return status;
    }
}
