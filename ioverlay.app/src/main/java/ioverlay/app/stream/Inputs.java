package ioverlay.app.stream;

import ioverlay.app.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What the setting {@code input} may say. */
final class Inputs {
    private static final String RULE =
            "stream: input is udp://127.0.0.1:PORT, http://HOST:PORT/PATH, file:PATH or test, not ";
    private static final long DEFAULT_RATE = 250_000;
    private static final long LEAST_RATE = 130_000;
    private static final long MOST_RATE = 270_000;

    private Inputs() {}

    /**
     * Opens it.
     *
     * @throws IllegalArgumentException if it is none of these
     * @throws IOException if it cannot be opened; the text says why
     */
    static Input open(String text, Settings settings) throws IOException {
        long rate = settings.number("bytesPerSecond", LEAST_RATE, MOST_RATE, DEFAULT_RATE);
        if (text.equals("test")) {
            return new TestPicture(rate);
        }
        if (settings.number("bytesPerSecond", LEAST_RATE, MOST_RATE).isPresent()) {
            throw new IllegalArgumentException("stream: bytesPerSecond is of the input test, not of '" + text + "'");
        }
        if (text.startsWith("file:")) {
            return FileInput.open(path(text.substring("file:".length())));
        }
        URI uri = uri(text);
        return switch (String.valueOf(uri.getScheme())) {
            case "udp" -> UdpInput.open(address(uri, text));
            case "http" -> HttpInput.of(uri);
            default -> throw new IllegalArgumentException(RULE + "'" + text + "'");
        };
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(RULE + "'" + text + "'", e);
        }
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(RULE + "'" + text + "'", e);
        }
        throw new IllegalArgumentException(RULE + "'" + text + "'");
    }

    private static InetSocketAddress address(URI uri, String text) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(uri.getHost().equals("localhost") ? "127.0.0.1" : uri.getHost());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(RULE + "'" + text + "'", e);
        }
        if (!address.isLoopbackAddress() || uri.getPort() < 0 || uri.getPort() > 65535) {
            throw new IllegalArgumentException(RULE + "'" + text + "'");
        }
        return new InetSocketAddress(address, uri.getPort());
    }
}
