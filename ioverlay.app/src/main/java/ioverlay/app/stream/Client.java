package ioverlay.app.stream;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A connection of somebody who wants to see the stream. Who falls behind by more than a buffer in bytes or time skips
 * what waits, and goes on with the next random access point.
 *
 * <p><b>Threads:</b> one; nothing here blocks.
 */
final class Client implements Viewer {
    /** How long a request may take. */
    static final long REQUEST_LIMIT_NS = 5_000_000_000L;

    /** How long somebody may take nothing while something waits. */
    static final long STALL_LIMIT_NS = 30_000_000_000L;

    /** How long a connection stays after its answer, so that what its other end still sends does not break it off. */
    private static final long LINGER_NS = 1_000_000_000;

    private record Waiting(Unit unit, boolean isAfterGap, long sinceNs) {}

    private enum Stage {
        REQUEST,
        STREAM,
        FAREWELL,
        LINGERING,
        OVER
    }

    private final SocketChannel channel;
    private final String address;
    private final long mostBytes;
    private final long mostNs;
    private final long openedNs;
    private final Playout playout = new Playout();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocate(Request.MOST_BYTES);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private Stage stage = Stage.REQUEST;
    private long waitingBytes;
    private long progressNs;
    private long lingeringNs;
    private long bytes;
    private long skippedPictures;
    private boolean isBehind;
    private boolean isChunked;

    Client(SocketChannel channel, long mostBytes, long mostNs, long nowNs) throws IOException {
        this.channel = channel;
        this.mostBytes = mostBytes;
        this.mostNs = mostNs;
        openedNs = nowNs;
        progressNs = nowNs;
        address = String.valueOf(channel.getRemoteAddress()).replaceFirst("^/", "");
    }

    /** Reads what came; {@code isRoom} says whether one more may have the stream. */
    void read(boolean isRoom, long nowNs) {
        try {
            if (stage != Stage.REQUEST) {
                in.clear(); // more requests are not answered
            }
            if (channel.read(in) < 0) {
                close();
            } else if (stage == Stage.REQUEST) {
                head().ifPresent(head -> answer(request(head, isRoom), nowNs));
            }
        } catch (IOException e) {
            close(); // somebody who leaves is no news
        }
    }

    private Optional<String> head() {
        String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        int end = text.replace("\r\n", "\n").indexOf("\n\n");
        if (end < 0 && in.hasRemaining()) {
            return Optional.empty();
        }
        return Optional.of(end < 0 ? "" : text.replace("\r\n", "\n").substring(0, end));
    }

    private static Request request(String head, boolean isRoom) {
        Request request = Request.read(head);
        return request.isStream() && !isRoom
                ? Request.refused("503 Service Unavailable", "as many watch as may")
                : request;
    }

    private void answer(Request request, long nowNs) {
        isChunked = request.isChunked();
        stage = request.isStream() && request.wantsBody() ? Stage.STREAM : Stage.FAREWELL;
        out = ByteBuffer.wrap(request.answer());
        write(nowNs);
    }

    @Override
    public void show(Unit unit, boolean isAfterGap, long nowNs) {
        if (stage != Stage.STREAM) {
            return;
        }
        if (isBehind && !unit.isRandomAccess()) {
            skippedPictures += unit.isStart() ? 1 : 0;
            return;
        }
        waiting.add(new Waiting(unit, isAfterGap || isBehind, nowNs));
        waitingBytes += unit.bytes();
        isBehind = false;
        write(nowNs);
        boolean isLate = !waiting.isEmpty() && nowNs - waiting.getFirst().sinceNs() > mostNs;
        if (waitingBytes > mostBytes || isLate) {
            isBehind = true;
            skippedPictures +=
                    waiting.stream().filter(each -> each.unit().isStart()).count();
            waiting.clear();
            waitingBytes = 0;
        }
    }

    /** Writes as much as the socket takes. */
    void write(long nowNs) {
        try {
            while (refill() && channel.write(out) > 0) {
                progressNs = nowNs;
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Whether there is something to write. */
    private boolean refill() throws IOException {
        while (!out.hasRemaining() && stage == Stage.STREAM && !waiting.isEmpty()) {
            Waiting next = waiting.removeFirst();
            waitingBytes -= next.unit().bytes();
            if (next.isAfterGap()) {
                playout.skip();
            }
            byte[] packets = playout.next(next.unit());
            bytes += packets.length;
            out = isChunked && packets.length > 0 ? chunk(packets) : ByteBuffer.wrap(packets);
        }
        if (!out.hasRemaining() && stage == Stage.FAREWELL) {
            stage = Stage.LINGERING;
            channel.shutdownOutput();
        }
        return out.hasRemaining() && stage != Stage.OVER;
    }

    private static ByteBuffer chunk(byte[] data) {
        byte[] size = (Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(size.length + data.length + 2)
                .put(size)
                .put(data)
                .put((byte) '\r')
                .put((byte) '\n')
                .flip();
    }

    /** The stream is over: who has got all of it so far is told so. */
    void end(long nowNs) {
        if (stage == Stage.STREAM && isChunked) {
            write(nowNs);
            if (!isStuck()) {
                out = ByteBuffer.wrap("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                write(nowNs);
            }
        }
        close();
    }

    /** Shows out who has taken too long. */
    void look(long nowNs) {
        if (stage == Stage.REQUEST && nowNs - openedNs > REQUEST_LIMIT_NS) {
            answer(Request.refused("408 Request Timeout", "a request is to come within 5 s"), nowNs);
        } else if (isStuck() && nowNs - progressNs > STALL_LIMIT_NS) {
            close();
        } else if (stage == Stage.LINGERING && nowNs - lingeringNs > LINGER_NS) {
            close();
        }
        lingeringNs = stage == Stage.LINGERING ? lingeringNs : nowNs;
        progressNs = isStuck() ? progressNs : nowNs;
    }

    /** Whether something waits for its socket. */
    boolean isStuck() {
        return out.hasRemaining() && stage != Stage.OVER;
    }

    boolean isWatching() {
        return stage == Stage.STREAM;
    }

    boolean isOver() {
        return stage == Stage.OVER;
    }

    JsonObject describe() {
        JsonObject client = new JsonObject();
        client.addProperty("address", address);
        client.addProperty("bytes", bytes);
        client.addProperty("waitingBytes", waitingBytes);
        client.addProperty("skips", playout.skips());
        client.addProperty("skippedPictures", skippedPictures);
        return client;
    }

    private void close() {
        stage = Stage.OVER;
        waiting.clear();
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(Client.class.getName()).log(System.Logger.Level.DEBUG, "a connection did not end well", e);
        }
    }
}
