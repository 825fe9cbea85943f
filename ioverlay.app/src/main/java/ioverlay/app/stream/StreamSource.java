package ioverlay.app.stream;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.Delivery;
import ioverlay.api.Header;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import ioverlay.app.Settings;
import java.io.IOException;

/**
 * The stream at the node where it comes in: cut into pictures, each a message if it is not too long.
 *
 * <p><b>Threads:</b> the application's.
 */
final class StreamSource implements Application, Input.Sink {
    private static final int LEAST_MESSAGE = 16 << 10;
    private static final int DEFAULT_MESSAGE = 64 << 10;
    private static final long SILENT_NS = 2_000_000_000;
    private static final long ROOM_NS = 2_000_000;
    private static final long STALE_NS = 20_000_000;

    private final Times times;

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Session session;

    @SuppressWarnings("NullAway.Init")
    private Input input;

    @SuppressWarnings("NullAway.Init")
    private Departures departures;

    @SuppressWarnings("NullAway.Init")
    private Cutter cutter;

    private String from = "";
    private long latestNs;
    private boolean isOver;

    StreamSource(Times times) {
        this.times = times;
    }

    @Override
    public void begin(Session where) throws IOException {
        session = where;
        Settings settings = Settings.of(LiveStream.TYPE, where.settings(), "input", "messageBytes", "bytesPerSecond");
        from = settings.text("input").orElseThrow();
        int messageBytes = (int) settings.number("messageBytes", LEAST_MESSAGE, Header.MAX_PAYLOAD, DEFAULT_MESSAGE);
        int run = Long.hashCode(times.micros() * 0x9e3779b97f4a7c15L);
        departures = new Departures(run, messageBytes);
        cutter = new Cutter(departures);
        input = Inputs.open(from, settings);
    }

    @Override
    public Delivery delivery() {
        return Delivery.LIVE;
    }

    @Override
    public long produce(Outlet outlet) {
        long now = session.now();
        long next = isOver ? Input.OVER : input.read(now, this);
        if (next == Input.OVER && !isOver) {
            isOver = true;
            cutter.end();
        }
        cutter.idle(times.micros());
        departures.send(outlet);
        if (!departures.isEmpty()) {
            return Math.min(next, now + ROOM_NS);
        }
        return isOver ? FINISHED : Math.min(next, now + STALE_NS);
    }

    @Override
    public void packet(Packet packet) {
        latestNs = session.now();
        cutter.take(packet, times.micros());
    }

    @Override
    public void interrupted() {
        cutter.restart();
    }

    private String state() {
        if (isOver) {
            return "ended";
        }
        if (cutter.taken() == 0) {
            return "waiting";
        }
        if (session.now() - latestNs > SILENT_NS) {
            return "silent";
        }
        return departures.randomAccess() == 0 ? "searching" : "playing";
    }

    private String trouble() {
        if (!input.trouble().isEmpty()) {
            return input.trouble();
        }
        if (cutter.taken() > 0 && !cutter.program().isKnown()) {
            return "no program with video or audio in " + cutter.taken() + " packets so far";
        }
        return cutter.continuityErrors() > 0
                ? "packets are missing in the input, " + cutter.continuityErrors() + " times"
                : "";
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("state", state());
        status.addProperty("input", from);
        status.addProperty("codec", cutter.program().codec().text());
        status.addProperty("packets", cutter.taken());
        status.addProperty("pictures", departures.pictures());
        status.addProperty("randomAccessPoints", departures.randomAccess());
        status.addProperty("messages", departures.messages());
        status.addProperty("skippedPictures", departures.skipped());
        status.addProperty("brokenPictures", cutter.brokenPictures());
        status.addProperty("continuityErrors", cutter.continuityErrors());
        status.addProperty("damagedPackets", cutter.damaged());
        input.describe(status);
        status.addProperty("failure", trouble());
        return status;
    }

    @Override
    public void end() {
        if (input != null) {
            input.close();
        }
    }
}
