package ioverlay.app.stream;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A file of packets, at the pace of its program clock reference, once. */
final class FileInput implements Input {
    private static final int READ_BYTES = 64 << 10;
    private static final int TICKS_PER_MICRO = 27;
    private static final long NS_PER_MICRO = 1000;
    private static final int MOST_AT_ONCE = 2048;
    private static final long MOST_BEHIND_NS = 200_000_000;
    private static final int NONE = -1;

    /** A clock that moves by more than this between two references is another one. */
    private static final long MOST_STEP_TICKS = 2 * 27_000_000L;

    private final FileChannel channel;
    private final Path path;
    private final long size;
    private final Framer framer = new Framer();
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
    private final Deque<Packet> ahead = new ArrayDeque<>();
    private int clockPid = NONE;
    private long clock;
    private long dueNs;
    private boolean isEnd;
    private String trouble = "";

    private FileInput(FileChannel channel, Path path) throws IOException {
        this.channel = channel;
        this.path = path;
        size = channel.size();
    }

    /**
     * Opens it.
     *
     * @throws IOException if it cannot be read; the text names it
     */
    static FileInput open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("stream: '" + path + "' is no file");
        }
        try {
            return new FileInput(FileChannel.open(path), path);
        } catch (IOException e) {
            throw new IOException("stream: cannot read '" + path + "': " + e, e);
        }
    }

    @Override
    public long read(long nowNs, Sink to) {
        for (int packets = 0; packets < MOST_AT_ONCE; packets++) {
            while (ahead.isEmpty() && !isEnd) {
                fill();
            }
            if (ahead.isEmpty()) {
                return OVER;
            }
            pace(ahead.getFirst(), nowNs);
            if (dueNs > nowNs) {
                return dueNs;
            }
            to.packet(ahead.removeFirst());
        }
        return nowNs;
    }

    /** A reference moves the time at which it and what follows are due. */
    private void pace(Packet packet, long nowNs) {
        long next = packet.clock();
        if (next < 0 || (clockPid != NONE && packet.pid() != clockPid)) {
            return;
        }
        long step = next - clock;
        if (clockPid == NONE || step < 0 || step > MOST_STEP_TICKS) {
            clockPid = packet.pid();
            dueNs = Math.max(dueNs, nowNs);
        } else {
            dueNs += step * NS_PER_MICRO / TICKS_PER_MICRO;
        }
        clock = next;
        dueNs = Math.max(dueNs, nowNs - MOST_BEHIND_NS);
    }

    private void fill() {
        try {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                isEnd = true;
                return;
            }
            buffer.flip();
            framer.take(buffer, ahead::add);
            if (framer.skippedBytes() > 0) {
                trouble = "'" + path + "' is not all packets that begin with 0x47: " + framer.skippedBytes()
                        + " bytes are left out";
            }
        } catch (IOException e) {
            isEnd = true;
            trouble = "cannot read '" + path + "' on: " + e;
        }
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void describe(JsonObject to) {
        to.addProperty("size", size);
        to.addProperty("lostSync", framer.lostSync());
        to.addProperty("skippedBytes", framer.skippedBytes());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            trouble = "did not close well: " + e;
        }
    }
}
