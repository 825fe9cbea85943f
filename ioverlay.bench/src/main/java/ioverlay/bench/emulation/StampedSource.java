package ioverlay.bench.emulation;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.ApplicationType;
import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Sends messages of one size that say when they were written, back to back or a number of them per second.
 *
 * <p><b>Settings:</b> {@code payload}: bytes after the header, at least 8; {@code perSecond}: how many messages, 0 for as
 * many as there is room for.
 */
@ApplicationType("source.stamped")
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class StampedSource implements Application {
    private static final long NS_PER_SECOND = 1_000_000_000;

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Session session;

    private byte[] content = {};
    private long intervalNs;
    private long dueNs;
    private long messages;

    @Override
    public void begin(Session where) {
        session = where;
        int payload = where.settings().get("payload").getAsInt();
        long perSecond = where.settings().get("perSecond").getAsLong();
        if (payload < Long.BYTES || payload > Header.MAX_PAYLOAD || perSecond < 0 || perSecond > NS_PER_SECOND) {
            throw new IllegalArgumentException("source.stamped takes a payload of " + Long.BYTES + " to "
                    + Header.MAX_PAYLOAD + " bytes and 0 to 10^9 messages per second, not " + where.settings());
        }
        content = new byte[payload];
        intervalNs = perSecond == 0 ? 0 : NS_PER_SECOND / perSecond;
        dueNs = where.now();
    }

    @Override
    public long produce(Outlet outlet) {
        while (outlet.fits(content.length)) {
            if (intervalNs > 0 && dueNs > session.now()) {
                return dueNs;
            }
            ByteBuffer payload = outlet.open(MessageType.DATA, messages, content.length);
            payload.put(content).putLong(0, System.nanoTime());
            messages++;
            dueNs += intervalNs;
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
