package ioverlay.bench.observer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** What a page that is open asks for all the time: the observer's events. They are read and counted. */
final class OpenPage implements AutoCloseable {
    private static final int PIECE = 1 << 14;

    private final InputStream events;
    private final AtomicLong bytes = new AtomicLong();

    private OpenPage(InputStream events) {
        this.events = events;
    }

    /** Opens one. */
    static OpenPage at(URI web) throws IOException {
        OpenPage page = new OpenPage(web.resolve("api/events").toURL().openStream());
        Thread.ofVirtual().name("bench-open-page").start(page::read);
        return page;
    }

    private void read() {
        byte[] piece = new byte[PIECE];
        try {
            for (int got = events.read(piece); got >= 0; got = events.read(piece)) {
                bytes.addAndGet(got);
            }
        } catch (IOException e) {
            // Closed, by us or by an observer that has ended: what was read counts.
        }
    }

    /** Bytes of events by now. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
