package ioverlay.app.stream;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import ioverlay.app.Settings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The stream at a node that receives it: put together again, offered, recorded.
 *
 * <p><b>Threads:</b> the application's.
 */
final class StreamReceiver implements Application, Assembly.Viewer {
    private static final long QUIET_POLL_NS = 25_000_000;
    private static final long BUSY_POLL_NS = 5_000_000;
    private static final long SILENT_NS = 2_000_000_000;
    private static final long NS_PER_MILLI = 1_000_000;
    private static final int MOST_CLIENTS = 256;
    private static final long MOST_BUFFER = 64 << 20;
    private static final long MOST_RECORD = 1_000_000_000_000L;

    private final Times times;
    private final Assembly assembly = new Assembly(this);
    private final Showing showing = new Showing();

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Session session;

    @SuppressWarnings("NullAway.Init")
    private Offer offer;

    private Optional<Recording> recording = Optional.empty();
    private boolean isAfterGap;
    private long wrong;
    private String failure = "";

    StreamReceiver(Times times) {
        this.times = times;
    }

    @Override
    public void begin(Session where) throws IOException {
        session = where;
        Settings settings = Settings.of(
                LiveStream.TYPE,
                where.settings(),
                "port",
                "clients",
                "bufferBytes",
                "bufferMillis",
                "record",
                "overwrite",
                "recordBytes");
        int port = (int) settings.number("port", 0, 65535, 0);
        int clients = (int) settings.number("clients", 1, MOST_CLIENTS, 32);
        long bufferBytes = settings.number("bufferBytes", 1 << 16, MOST_BUFFER, 4 << 20);
        long bufferMillis = settings.number("bufferMillis", 100, 60_000, 3000);
        boolean overwrite = settings.flag("overwrite", false);
        long recordBytes = settings.number("recordBytes", Packet.BYTES, MOST_RECORD, 1L << 30);
        Optional<Path> record = settings.text("record").map(StreamReceiver::path);
        offer = Offer.open(port, clients, bufferBytes, bufferMillis * NS_PER_MILLI);
        try {
            if (record.isPresent()) {
                recording = Optional.of(Recording.open(record.get(), overwrite, recordBytes));
            }
        } catch (IOException e) {
            offer.close();
            throw e;
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("stream: record is a path, not '" + text + "'", e);
        }
    }

    /** Nothing is produced: but this is when the sockets are looked after. */
    @Override
    public long produce(Outlet outlet) {
        offer.poll(session.now());
        return session.now() + (offer.isBusy() ? BUSY_POLL_NS : QUIET_POLL_NS);
    }

    @Override
    public void consume(Message message) {
        try {
            if (MessageType.plain(message.type()) != MessageType.DATA) {
                throw new IllegalArgumentException(
                        "a stream has no messages of type 0x" + Integer.toHexString(message.type()));
            }
            NodeId sender = message.sender();
            assembly.take(sender, message.sequence(), Piece.read(message.payload()), session.now());
        } catch (IllegalArgumentException e) {
            // Boundary to other nodes: what is no stream costs its sender the message.
            wrong++;
            failure = String.valueOf(e.getMessage());
        }
    }

    @Override
    public void missed(long units) {
        showing.missed(units);
        isAfterGap = true;
    }

    @Override
    public void restarted() {
        showing.restart();
    }

    @Override
    public void show(Unit unit) {
        if (showing.take(unit, times.micros(), session.now())) {
            recording.ifPresent(its -> its.show(unit, isAfterGap, session.now()));
            offer.show(unit, isAfterGap, session.now());
            isAfterGap = false;
        }
    }

    private String state() {
        if (!showing.hasShown()) {
            return "waiting";
        }
        if (session.now() - showing.latestNs() > SILENT_NS) {
            return "silent";
        }
        return showing.isWaiting() ? "skipping" : "playing";
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("state", state());
        status.addProperty("url", offer.url());
        status.addProperty(
                "originator", assembly.originator().map(NodeId::toString).orElse(""));
        showing.describe(status, session.now());
        status.addProperty("lost", assembly.lost());
        status.addProperty("late", assembly.late());
        status.addProperty("ignored", assembly.ignored());
        status.addProperty("wrong", wrong);
        status.addProperty("failure", failure.isEmpty() ? offer.trouble() : failure);
        status.add("clients", offer.describe());
        recording.ifPresent(its -> status.add("recording", its.describe()));
        return status;
    }

    @Override
    public void end() {
        recording.ifPresent(Recording::close);
        if (offer != null) {
            offer.close();
        }
    }
}
