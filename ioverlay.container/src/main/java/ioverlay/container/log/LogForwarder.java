package ioverlay.container.log;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.osgi.service.log.LogLevel;

/**
 * Takes what is logged, and hands it on from a thread of its own: whoever logs does not wait, and nothing of its stack is
 * kept. Who logs faster than lines can be handed on loses some, and a line counts them.
 *
 * <p><b>Threads:</b> {@link #publish}: any. It hands on from {@code overlay-log}, whose own lines it does not take.
 */
final class LogForwarder extends Handler implements AutoCloseable {
    /** Lines that wait at most. */
    static final int MOST_WAITING = 1000;

    private static final long CLOSE_LIMIT_MS = 1000;

    private final BlockingQueue<LogLine> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong left = new AtomicLong();
    private final Consumer<LogLine> log;
    private final Thread thread;

    /**
     * Begins to hand on.
     *
     * @param log called for one line at a time, in order
     */
    LogForwarder(Consumer<LogLine> log) {
        this.log = log;
        thread = Thread.ofVirtual().name("overlay-log").start(this::handOn);
    }

    @Override
    public void publish(LogRecord logged) {
        if (isLoggable(logged) && !Thread.currentThread().equals(thread) && !waiting.offer(LogLine.of(logged))) {
            left.incrementAndGet();
        }
    }

    private void handOn() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                tell(waiting.take());
                long lost = left.getAndSet(0);
                if (lost > 0) {
                    tell(new LogLine(
                            LogLevel.WARN,
                            LogForwarder.class.getName(),
                            lost + " lines are missing: they came too fast, or the log refused them",
                            Optional.empty()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void tell(LogLine line) {
        try {
            log.accept(line);
        } catch (RuntimeException e) {
            // The log of OSGi is going away, or refuses this line: it stands on the standard error all the same.
            left.incrementAndGet();
        }
    }

    @Override
    public void flush() {
        // Lines are handed on as they come.
    }

    /** Ends its thread, in bounded time; idempotent. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
