package ioverlay.observer.web;

import ioverlay.observer.history.LogLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A server-sent event, encoded once for all pages. Its data has no line ends: JSON in one line. */
final class Frame {
    /** Keeps the connection open, and finds out whether it is. */
    static final Frame COMMENT = new Frame(":\n\n", 0);

    /** Wakes a client whose observer closes. */
    static final Frame END = new Frame("", 0);

    private final byte[] bytes;
    private final long number;

    private Frame(String text, long number) {
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.number = number;
    }

    /** An event without a number: who missed it is not told. */
    static Frame of(String event, String data) {
        return new Frame("event: " + event + "\ndata: " + data + "\n\n", 0);
    }

    static Frame of(LogLine line) {
        return new Frame("id: " + line.number() + "\nevent: log\ndata: " + line.toJson() + "\n\n", line.number());
    }

    /** Its id; 0 for none. */
    long number() {
        return number;
    }

    /** In bytes. */
    int length() {
        return bytes.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
