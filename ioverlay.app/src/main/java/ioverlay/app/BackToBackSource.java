package ioverlay.app;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.ApplicationType;
import ioverlay.api.Delivery;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Produces messages of one size as fast as the node takes them (the paper's back-to-back traffic).
 *
 * <p><b>Behaviour:</b> {@code DATA} messages numbered from 0; the payload is zeros.
 *
 * <p><b>Settings:</b>
 *
 * <ul>
 *   <li>{@code payload}: bytes after the header, 1 to 1048576; default 5120
 *   <li>{@code messages}: how many, 1 to 2^63 - 1; without it there is no end
 *   <li>{@code delivery}: {@code "reliable"} or {@code "live"}; default {@code "reliable"}
 * </ul>
 *
 * <p><b>Status:</b> {@code messages} and {@code bytes} (headers included) produced.
 *
 * <p><b>Sample:</b> a thousand messages of 1 KB: {@code {"payload": 1024, "messages": 1000}}.
 */
@ApplicationType("source.backtoback")
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class BackToBackSource implements Application {
    private Stream stream = Stream.NOTHING;

    @Override
    public void begin(Session session) {
        stream = Stream.read(Settings.of("source.backtoback", session.settings(), "payload", "messages", "delivery"));
    }

    @Override
    public Delivery delivery() {
        return stream.delivery();
    }

    @Override
    public long produce(Outlet outlet) {
        while (!stream.finished()) {
            if (!outlet.fits(stream.payloadBytes())) {
                return AT_ONCE;
            }
            stream.next(outlet);
        }
        return FINISHED;
    }

    @Override
    public JsonObject status() {
        return stream.status();
    }
}
