package ioverlay.shell.wire;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * How a client begins; on the wire it is a Java properties text in UTF-8.
 *
 * @param mode what it wants
 * @param term the terminal's type, as in {@code $TERM}
 * @param columns of the terminal, 0 if there is none
 * @param rows of the terminal
 * @param charset that the client's terminal shows
 * @param directory that paths begin at
 * @param plain whether it wants no colours
 */
public record Opening(Mode mode, String term, int columns, int rows, String charset, String directory, boolean plain) {
    private static final int MOST_COLUMNS = 10_000;

    /** What a client wants. */
    public enum Mode {
        /** A shell at its terminal. */
        TERMINAL,
        /** Each line of the input is executed as it comes; one that fails does not end it. */
        LINES,
        /** All of the input is one program; the first command that fails ends it. */
        PROGRAM
    }

    /** As bytes. */
    public byte[] bytes() {
        Properties properties = new Properties();
        properties.setProperty("mode", mode.name());
        properties.setProperty("term", term);
        properties.setProperty("columns", Integer.toString(columns));
        properties.setProperty("rows", Integer.toString(rows));
        properties.setProperty("charset", charset);
        properties.setProperty("directory", directory);
        properties.setProperty("plain", Boolean.toString(plain));
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not throw
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads it.
     *
     * @throws ProtocolException if it is none
     */
    public static Opening of(byte[] bytes) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
            return new Opening(
                    Mode.valueOf(properties.getProperty("mode", "")),
                    properties.getProperty("term", "dumb"),
                    size(properties.getProperty("columns", "0")),
                    size(properties.getProperty("rows", "0")),
                    properties.getProperty("charset", "UTF-8"),
                    properties.getProperty("directory", "/"),
                    Boolean.parseBoolean(properties.getProperty("plain", "false")));
        } catch (IllegalArgumentException e) {
            ProtocolException wrong = new ProtocolException("not an opening of the shell's socket: " + e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static int size(String text) {
        int size = Integer.parseInt(text);
        if (size < 0 || size > MOST_COLUMNS) {
            throw new IllegalArgumentException("a terminal has 0 to " + MOST_COLUMNS + " columns, not " + size);
        }
        return size;
    }
}
