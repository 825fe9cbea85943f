package ioverlay.app.stream;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.ApplicationType;
import ioverlay.api.Delivery;
import ioverlay.api.Message;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * A live MPEG-2 transport stream (ISO/IEC 13818-1): taken at the source, offered by HTTP at every receiver.
 *
 * <p><b>Behaviour:</b> with {@code input} it is a source, else a receiver. The source cuts the stream at the begins of its
 * pictures and sends each as one message (several if it is long), delivered live. A receiver offers what comes at its
 * {@code url} to VLC, mpv, ffmpeg and the like. Who comes late, a node or somebody who watches, gets the tables (PAT, PMT)
 * and the next random access point first; who falls behind, or whose link has skipped something, misses whole pictures up
 * to one. Nobody who watches holds up anybody. Everything is bounded and nothing here has a thread.
 *
 * <p><b>Settings</b> of a source:
 *
 * <ul>
 *   <li>{@code input}: {@code udp://127.0.0.1:PORT}, {@code http://HOST:PORT/PATH}, {@code file:PATH} at the pace of its
 *       clock, or {@code test}, a picture that moves
 *   <li>{@code messageBytes}: the most of one message, 16384 to 1048576; default 65536
 *   <li>{@code bytesPerSecond}: of {@code test}, 130000 to 270000; default 250000
 * </ul>
 *
 * <p>of a receiver:
 *
 * <ul>
 *   <li>{@code port}: of 127.0.0.1, where it offers the stream; default 0, any free one
 *   <li>{@code clients}: how many may watch, 1 to 256; default 32
 *   <li>{@code bufferBytes}, {@code bufferMillis}: how far one may be behind, 65536 to 67108864 and 100 to 60000; default
 *       4194304 and 3000
 *   <li>{@code record}: a file to write the stream to; {@code overwrite}: whether one that exists is replaced, default
 *       {@code false}; {@code recordBytes}: its most bytes, 188 to 10^12, default 2^30
 * </ul>
 *
 * <p><b>Status:</b> as {@code docs/stream.md} says.
 *
 * <p><b>Sample:</b> {@code {"input": "udp://127.0.0.1:5000"}} at one node, <code>{"port": 8080}</code> at another.
 */
@ApplicationType(LiveStream.TYPE)
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class LiveStream implements Application {
    static final String TYPE = "stream";

    private final Times times;

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Application part;

    private boolean begun;

    /** As the container makes it. */
    public LiveStream() {
        this(InstantSource.system());
    }

    LiveStream(InstantSource clock) {
        times = new Times(clock);
    }

    @Override
    public void begin(Session session) throws Exception {
        part = session.settings().has("input") ? new StreamSource(times) : new StreamReceiver(times);
        part.begin(session);
        begun = true;
    }

    @Override
    public Delivery delivery() {
        return part.delivery();
    }

    @Override
    public long produce(Outlet outlet) throws Exception {
        return part.produce(outlet);
    }

    @Override
    public void consume(Message message) throws Exception {
        part.consume(message);
    }

    @Override
    public JsonObject status() {
        return begun ? part.status() : new JsonObject();
    }

    @Override
    public void end() {
        if (part != null) {
            part.end();
        }
    }
}
