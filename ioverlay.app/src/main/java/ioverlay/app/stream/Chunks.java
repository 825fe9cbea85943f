package ioverlay.app.stream;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The body of an HTTP answer in chunks (RFC 9112, 7.1), as it comes.
 *
 * <p><b>Threads:</b> one.
 */
final class Chunks {
    private static final int LONGEST_LINE = 1024;
    private static final int MOST_DIGITS = 8;

    private enum Place {
        SIZE,
        DATA,
        AFTER,
        END
    }

    private final StringBuilder line = new StringBuilder();
    private Place place = Place.SIZE;
    private long left;

    /**
     * Takes what came and hands on the data in it.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    void take(ByteBuffer bytes, Consumer<ByteBuffer> to) {
        while (bytes.hasRemaining() && place != Place.END) {
            if (place == Place.DATA) {
                int size = (int) Math.min(left, bytes.remaining());
                to.accept(bytes.slice(bytes.position(), size));
                bytes.position(bytes.position() + size);
                left -= size;
                place = left == 0 ? Place.AFTER : Place.DATA;
            } else {
                line(bytes.get());
            }
        }
    }

    private void line(byte next) {
        if (next != '\n') {
            line.append((char) (next & 0xff));
            if (line.length() > LONGEST_LINE) {
                throw new IllegalArgumentException("a line between chunks has at most " + LONGEST_LINE + " bytes");
            }
            return;
        }
        String text = line.toString().strip();
        line.setLength(0);
        if (place == Place.AFTER) {
            place = Place.SIZE;
            return;
        }
        String size = text.replaceFirst("[;\\s].*", "");
        if (!size.matches("[0-9A-Fa-f]{1," + MOST_DIGITS + "}")) {
            throw new IllegalArgumentException("a chunk begins with its size, not with '" + text + "'");
        }
        left = Long.parseLong(size, 16);
        place = left == 0 ? Place.END : Place.DATA;
    }

    /** Whether the last chunk has come. */
    boolean isEnd() {
        return place == Place.END;
    }
}
