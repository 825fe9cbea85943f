package ioverlay.app.stream;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A stream fetched by HTTP (RFC 9112), in chunks or to the end of the connection; fetched again when it ends or fails. */
final class HttpInput implements Input {
    private static final int READ_BYTES = 64 << 10;
    private static final int MOST_READS = 32;
    private static final int LONGEST_HEAD = 16 << 10;
    private static final long POLL_NS = 4_000_000;
    private static final long AGAIN_NS = 1_000_000_000;
    private static final long SILENT_NS = 10_000_000_000L;
    private static final Pattern OK = Pattern.compile("HTTP/1\\.[01] 200\\b.*");

    private final URI uri;
    private final InetSocketAddress server;
    private final Framer framer = new Framer();
    private final ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    private final StringBuilder head = new StringBuilder();
    private Optional<SocketChannel> channel = Optional.empty();
    private Optional<Chunks> chunks = Optional.empty();
    private boolean isAsked;
    private boolean isBody;
    private long nextNs = Long.MIN_VALUE;
    private long latestNs;
    private long connections;
    private String trouble = "";

    private HttpInput(URI uri, InetSocketAddress server) {
        this.uri = uri;
        this.server = server;
    }

    /** Will fetch it; a name of a host is looked up now. */
    static HttpInput of(URI uri) throws IOException {
        InetSocketAddress server = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        if (server.isUnresolved()) {
            throw new IOException("stream: there is no host '" + uri.getHost() + "'");
        }
        return new HttpInput(uri, server);
    }

    @Override
    public long read(long nowNs, Sink to) {
        if (channel.isEmpty() && nowNs < nextNs) {
            return nextNs;
        }
        try {
            if (channel.isEmpty()) {
                connect(nowNs);
            }
            if (proceed(nowNs, to)) {
                return nowNs + POLL_NS;
            }
            throw new IOException("the server ended it");
        } catch (IOException | IllegalArgumentException e) {
            // Boundary to the server: it is asked again.
            again("cannot read " + uri + ": " + e.getMessage() + "; tried again each second", nowNs, to);
            return nextNs;
        }
    }

    private void connect(long nowNs) throws IOException {
        SocketChannel socket = SocketChannel.open();
        channel = Optional.of(socket);
        socket.configureBlocking(false);
        socket.connect(server);
        isAsked = false;
        isBody = false;
        chunks = Optional.empty();
        head.setLength(0);
        framer.restart();
        latestNs = nowNs;
    }

    /** Whether it goes on. */
    private boolean proceed(long nowNs, Sink to) throws IOException {
        SocketChannel socket = channel.orElseThrow();
        if (nowNs - latestNs > SILENT_NS) {
            throw new IOException("nothing came for 10 s");
        }
        if (!isAsked) {
            if (socket.finishConnect()) {
                isAsked = true;
                connections++;
                ask(socket);
            }
            return true;
        }
        for (int reads = 0; reads < MOST_READS; reads++) {
            in.clear();
            int size = socket.read(in);
            if (size <= 0) {
                return size == 0;
            }
            latestNs = nowNs;
            in.flip();
            take(to);
            if (chunks.isPresent() && chunks.get().isEnd()) {
                return false;
            }
        }
        return true;
    }

    private void ask(SocketChannel socket) throws IOException {
        String path = (uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                + "\r\nAccept: video/mp2t, */*\r\nUser-Agent: iOverlay\r\nConnection: close\r\n\r\n";
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        socket.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("it takes no request");
        }
    }

    private void take(Sink to) {
        while (!isBody && in.hasRemaining()) {
            head.append((char) (in.get() & 0xff));
            if (head.length() > LONGEST_HEAD) {
                throw new IllegalArgumentException("the head of the answer is longer than " + LONGEST_HEAD + " bytes");
            }
            if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                begin(head.toString());
            }
        }
        if (chunks.isPresent()) {
            chunks.get().take(in, data -> framer.take(data, to::packet));
        } else if (in.hasRemaining()) {
            framer.take(in, to::packet);
        }
    }

    private void begin(String answer) {
        String first = answer.lines().findFirst().orElse("");
        if (!OK.matcher(first).matches()) {
            throw new IllegalArgumentException("the answer is '" + first + "'");
        }
        isBody = true;
        trouble = "";
        boolean isChunked = answer.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> line.startsWith("transfer-encoding:") && line.contains("chunked"));
        chunks = isChunked ? Optional.of(new Chunks()) : Optional.empty();
    }

    private void again(String why, long nowNs, Sink to) {
        if (isBody) {
            to.interrupted();
        }
        trouble = why;
        nextNs = nowNs + AGAIN_NS;
        close();
        channel = Optional.empty();
        isBody = false;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void describe(JsonObject to) {
        to.addProperty("connections", connections);
        to.addProperty("lostSync", framer.lostSync());
        to.addProperty("skippedBytes", framer.skippedBytes());
    }

    @Override
    public void close() {
        channel.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                trouble = "did not close well: " + e;
            }
        });
    }
}
