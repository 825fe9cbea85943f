package ioverlay.observer.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A page that listens: what waits to be written to it. If more than {@value #MOST_WAITING} events or {@value #MOST_BYTES}
 * bytes wait, it is cut off; it comes again by itself and is told what it missed.
 */
final class Client {
    /** Events that may wait. */
    static final int MOST_WAITING = 1024;

    /** Bytes that may wait; events are encoded once, so many slow pages hold hardly more than one. */
    static final long MOST_BYTES = 16 << 20;

    private static final long COMMENT_EVERY_S = 10;

    /** After this the browser dials again. */
    private static final int RETRY_MS = 1000;

    private final BlockingQueue<Frame> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean late; // set by whoever pushes, read by its own thread

    /** Never waits. */
    void offer(Frame frame) {
        if (bytes.addAndGet(frame.length()) > MOST_BYTES || !waiting.offer(frame)) {
            late = true;
        }
    }

    boolean keepsUp() {
        return !late;
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    void begin(OutputStream out, Frame first) throws IOException {
        out.write(("retry: " + RETRY_MS + "\n\n").getBytes(StandardCharsets.UTF_8));
        first.writeTo(out);
        out.flush();
    }

    /** The next event; none if for so long nothing came. */
    Optional<Frame> next() throws InterruptedException {
        Optional<Frame> next = Optional.ofNullable(waiting.poll(COMMENT_EVERY_S, TimeUnit.SECONDS));
        next.ifPresent(frame -> bytes.addAndGet(-frame.length()));
        return next;
    }

    /** Its thread looks up, and finds that the observer is closed. */
    void end() {
        late = true;
        waiting.clear();
        offer(Frame.END);
    }
}
