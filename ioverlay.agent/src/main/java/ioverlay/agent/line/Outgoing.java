package ioverlay.agent.line;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be written on a line, bounded in bytes, and the thread that writes it.
 *
 * <p><b>Threads:</b> any; the writing is one virtual thread's.
 */
final class Outgoing {
    /** The most that waits, in bytes. */
    static final int MOST_BYTES = 1 << 20;

    /** The most that bulk may leave waiting, in bytes. */
    static final int MOST_BULK_BYTES = 256 << 10;

    /** How long the other end may take nothing while somebody waits for room, in milliseconds. */
    private static final int WRITE_MS = 10_000;

    private final OutputStream out;
    private final NodeId self;
    private final LongAdder given;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /**
     * Nothing waits.
     *
     * @param self who the header names as the sender
     * @param given where the bytes that left are added
     */
    Outgoing(OutputStream out, NodeId self, LongAdder given) {
        this.out = out;
        this.given = given;
        this.self = self;
    }

    /** Begins to write; {@code broken} is run when that ends. */
    void start(String name, Runnable broken) {
        Thread.ofVirtual().name(name).start(() -> {
            try {
                write();
            } catch (IOException | InterruptedException e) {
                System.getLogger(Line.class.getName()).log(System.Logger.Level.DEBUG, "{0} ends: {1}", name, e);
            } finally {
                broken.run();
            }
        });
    }

    private void write() throws IOException, InterruptedException {
        ByteBuffer header = ByteBuffer.allocate(Header.BYTES);
        while (true) {
            Frame next = next();
            new Header(next.type(), self, 0, Header.params(next.param1(), next.param2()), next.payload().length)
                    .write(header, 0);
            out.write(header.array());
            out.write(next.payload());
            given.add(next.bytes());
            if (written(next)) {
                out.flush();
                flushed();
            }
        }
    }

    private Frame next() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (frames.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                throw new IOException("the line is closed");
            }
            return frames.element();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was the last: a frame counts as waiting until it is flushed, if none follows. */
    private boolean written(Frame frame) {
        lock.lock();
        try {
            if (frames.size() <= 1) {
                return true;
            }
            frames.remove();
            bytes -= frame.bytes();
            changed.signalAll();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void flushed() {
        lock.lock();
        try {
            if (!closed) {
                bytes -= frames.remove().bytes();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean offer(Frame frame) {
        lock.lock();
        try {
            if (closed || (bytes > 0 && bytes + frame.bytes() > MOST_BYTES)) {
                return false;
            }
            add(frame);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void add(Frame frame) {
        frames.add(frame);
        bytes += frame.bytes();
        changed.signalAll();
    }

    void put(Frame frame, int most) throws IOException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(WRITE_MS);
            long seen = bytes;
            while (!closed && bytes > 0 && bytes + frame.bytes() > most) {
                if (left <= 0) {
                    close();
                    throw new IOException("the other end took nothing for " + WRITE_MS + " ms");
                }
                left = changed.awaitNanos(left);
                if (bytes < seen) {
                    left = TimeUnit.MILLISECONDS.toNanos(WRITE_MS); // it does take something
                }
                seen = bytes;
            }
            if (closed) {
                throw new IOException("the line is closed");
            }
            add(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for room on the line", e);
        } finally {
            lock.unlock();
        }
    }

    void flush(int millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && bytes > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever flushes is about to close
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is written or taken. The one who writes may still sit in the socket, whose owner closes it. */
    void close() {
        lock.lock();
        try {
            closed = true;
            frames.clear();
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
