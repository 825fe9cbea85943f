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
 * Produces messages of one size at a constant bit rate.
 *
 * <p><b>Behaviour:</b> {@code DATA} messages numbered from 0, payload zeros, each due at its place on an ideal timeline
 * that starts with the first. A message that is late is sent at once and does not move the next. What was held up for
 * longer than 200 ms moves the timeline, so that at most 200 ms of the rate are caught up in a burst.
 *
 * <p><b>Settings:</b>
 *
 * <ul>
 *   <li>{@code bytesPerSecond}: headers included, 1 to 10^12; must be given
 *   <li>{@code payload}: bytes after the header, 1 to 1048576; default 5120
 *   <li>{@code messages}: how many, 1 to 2^63 - 1; without it there is no end
 *   <li>{@code delivery}: {@code "reliable"} or {@code "live"}; default {@code "reliable"}
 * </ul>
 *
 * <p><b>Status:</b> {@code messages} and {@code bytes} (headers included) produced; {@code slippedMillis}, by how much
 * the timeline had to move.
 *
 * <p><b>Sample:</b> a stream of 400 KB/s that may lose messages: {@code {"bytesPerSecond": 400000, "delivery": "live"}}.
 */
@ApplicationType("source.cbr")
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class ConstantRateSource implements Application {
    private static final long NS_PER_MILLI = 1_000_000;

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Session session;

    private Stream stream = Stream.NOTHING;
    private Pace pace = new Pace(1);

    @Override
    public void begin(Session where) {
        session = where;
        Settings settings =
                Settings.of("source.cbr", where.settings(), "bytesPerSecond", "payload", "messages", "delivery");
        stream = Stream.read(settings);
        pace = new Pace(settings.number("bytesPerSecond", 1, Pace.MAX_RATE)
                .orElseThrow(() -> new IllegalArgumentException("source.cbr: bytesPerSecond must be given")));
    }

    @Override
    public Delivery delivery() {
        return stream.delivery();
    }

    @Override
    public long produce(Outlet outlet) {
        while (!stream.finished()) {
            long due = pace.due(session.now());
            if (due > session.now()) {
                return due;
            }
            if (!outlet.fits(stream.payloadBytes())) {
                return AT_ONCE;
            }
            stream.next(outlet);
            pace.sent(stream.messageBytes());
        }
        return FINISHED;
    }

    @Override
    public JsonObject status() {
        JsonObject status = stream.status();
        status.addProperty("slippedMillis", pace.slippedNs() / NS_PER_MILLI);
        return status;
    }
}
