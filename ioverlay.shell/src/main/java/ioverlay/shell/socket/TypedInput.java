package ioverlay.shell.socket;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What the client sends, as a stream. A client that is faster than the shell waits.
 *
 * <p><b>Threads:</b> one gives, one reads.
 */
final class TypedInput extends InputStream {
    private static final int MOST_WAITING = 64;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private byte[] current = {};
    private int position;
    private boolean ended;

    void give(byte[] bytes) throws InterruptedException {
        if (bytes.length > 0) {
            waiting.put(bytes);
        }
    }

    /** Ends the stream behind what was given; what waits is let go if there is no room for the end. */
    void end() {
        while (!waiting.offer(END)) {
            waiting.poll();
        }
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws InterruptedIOException {
        if (length == 0) {
            return 0;
        }
        if (position == current.length && !next()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, count);
        position += count;
        return count;
    }

    private boolean next() throws InterruptedIOException {
        if (ended) {
            return false;
        }
        try {
            current = waiting.take();
            position = 0;
            ended = current.length == 0;
            return !ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the shell ends");
        }
    }

    @Override
    public int available() {
        return current.length - position;
    }
}
