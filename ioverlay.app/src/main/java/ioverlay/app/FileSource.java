package ioverlay.app;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.ApplicationType;
import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Distributes a file: each {@code file.sink} of the session gets it bit by bit.
 *
 * <p><b>Behaviour:</b> sends {@link FileBegin}, the chunks, {@link FileEnd}, numbered from 0, delivered reliably. The
 * file is read straight into the memory that is sent from. If it changes its size meanwhile or cannot be read on, the
 * end says so, all sinks drop what they have, and the application fails.
 *
 * <p><b>Settings:</b>
 *
 * <ul>
 *   <li>{@code path}: the file; must be given
 *   <li>{@code chunkBytes}: 1 to 1048576; default 32744, so that four messages fill 128 KB
 *   <li>{@code bytesPerSecond}: of the file, 1 to 10^12; or
 *   <li>{@code millis}: how long the whole file takes at least, whatever its size, 1 to 10^9: its messages, the first and
 *       the last included, are spread evenly. With neither it goes as fast as the sinks take it
 * </ul>
 *
 * <p><b>Status:</b> {@code bytes} of {@code size} sent, {@code sha256} once all are, {@code messages} sent.
 *
 * <p><b>Sample:</b> {@code {"path": "/tmp/film.mkv", "bytesPerSecond": 2000000}}.
 */
@ApplicationType("file.source")
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class FileSource implements Application {
    private static final int DEFAULT_CHUNK_BYTES = (32 << 10) - Header.BYTES;
    private static final long MAX_MILLIS = 1_000_000_000;
    private static final long MILLIS_PER_SECOND = 1000;

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Session session;

    private Optional<SourceFile> source = Optional.empty();
    private FileBegin file = FileBegin.NONE;
    private Optional<Pace> pace = Optional.empty();
    private long unitsPerByte;
    private long unitsPerMessage;
    private long messages;
    private long bytes;
    private String sha256 = "";
    private String failure = "";
    private boolean gaveUp;

    @Override
    public void begin(Session where) throws IOException {
        session = where;
        Settings settings =
                Settings.of("file.source", where.settings(), "path", "chunkBytes", "bytesPerSecond", "millis");
        Path path = path(settings);
        int chunkBytes = (int) settings.number("chunkBytes", 1, Header.MAX_PAYLOAD, DEFAULT_CHUNK_BYTES);
        SourceFile opened = SourceFile.open(path);
        source = Optional.of(opened);
        file = FileBegin.of(opened.name(), opened.size(), chunkBytes);
        pace(settings);
    }

    private void pace(Settings settings) {
        Optional<Long> rate = settings.number("bytesPerSecond", 1, Pace.MAX_RATE);
        Optional<Long> millis = settings.number("millis", 1, MAX_MILLIS);
        if (rate.isPresent() && millis.isPresent()) {
            throw new IllegalArgumentException("file.source: bytesPerSecond or millis is given, not both");
        }
        unitsPerByte = rate.isPresent() ? 1 : 0;
        // Each message moves the timeline by its share of the time: millis units of (messages - 1) * 1000 in a second.
        unitsPerMessage = millis.orElse(0L);
        pace = rate.or(() -> millis.map(time -> file.endSequence() * MILLIS_PER_SECOND))
                .map(Pace::new);
    }

    private static Path path(Settings settings) {
        String text = settings.text("path")
                .orElseThrow(() -> new IllegalArgumentException("file.source: path must be given"));
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("file.source: '" + text + "' is no path", e);
        }
    }

    @Override
    public long produce(Outlet outlet) throws IOException {
        while (failure.isEmpty() && messages < file.messages()) {
            long due = pace.map(timeline -> timeline.due(session.now())).orElse(session.now());
            if (due > session.now()) {
                return due;
            }
            if (!next(outlet)) {
                return AT_ONCE;
            }
            pace.ifPresent(timeline -> timeline.sent(unitsPerMessage));
        }
        return failure.isEmpty() ? FINISHED : giveUp(outlet);
    }

    /** Sends the next message, if it fits. */
    private boolean next(Outlet outlet) {
        if (messages == 0) {
            return send(outlet, FileBegin.TYPE, file.payload());
        }
        try {
            return messages == file.endSequence() ? end(outlet) : chunk(outlet);
        } catch (IOException e) {
            // The sinks are told before the application fails.
            failure = String.valueOf(e.getMessage());
            return true;
        }
    }

    private boolean chunk(Outlet outlet) throws IOException {
        int size = file.bytes(messages);
        if (!outlet.fits(size)) {
            return false;
        }
        ByteBuffer chunk = outlet.open(MessageType.DATA, messages, size);
        messages++;
        source.orElseThrow().read(chunk);
        bytes += size;
        pace.ifPresent(timeline -> timeline.sent(unitsPerByte * size));
        return true;
    }

    private boolean end(Outlet outlet) throws IOException {
        if (sha256.isEmpty()) {
            sha256 = source.orElseThrow().sha256();
        }
        return send(outlet, FileEnd.TYPE, new FileEnd(bytes, sha256, "").payload());
    }

    /** First tells the sinks, then, in a call of its own so that they hear of it, fails. */
    private long giveUp(Outlet outlet) throws IOException {
        if (gaveUp) {
            throw new IOException(failure);
        }
        gaveUp = send(outlet, FileEnd.TYPE, new FileEnd(bytes, "", "it could not read the whole file").payload());
        return AT_ONCE;
    }

    private boolean send(Outlet outlet, int type, byte[] payload) {
        if (!outlet.fits(payload.length)) {
            return false;
        }
        outlet.open(type, messages, payload.length).put(payload);
        messages++;
        return true;
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("bytes", bytes);
        status.addProperty("size", file.size());
        status.addProperty("sha256", sha256);
        status.addProperty("messages", messages);
        return status;
    }

    @Override
    public void end() {
        source.ifPresent(SourceFile::close);
    }
}
