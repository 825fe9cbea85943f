package ioverlay.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What leaves a link in one gathering write: first the rest of a message that was cut by a full socket, then control,
 * and only if there is none, data of the link's applications in turn, each as far as its credit goes.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Departure {
    private static final int MAX_BUFFERS = 64;
    private static final int MAX_BYTES = 256 << 10;
    private static final int SHARE_BYTES = 64 << 10;

    private final ByteBuffer[] buffers = new ByteBuffer[MAX_BUFFERS];
    private final Outbox[] owners = new Outbox[MAX_BUFFERS];
    private final int[] lengths = new int[MAX_BUFFERS];
    private int count;
    private long bytes;
    private int turn;

    /** The box whose first run was cut within a message; it must go on before anything else. */
    private @Nullable Outbox cut;

    /** Gathers what may go now; how many bytes. */
    long load(Outbox control, List<Outbox> data) {
        count = 0;
        bytes = 0;
        Outbox unfinished = cut;
        if (unfinished != null) {
            Run run = unfinished.runs.getFirst();
            add(unfinished, run, run.boundary(0));
        } else {
            gather(control, MAX_BYTES);
            if (count == 0) {
                int share = data.size() == 1 ? MAX_BYTES : SHARE_BYTES;
                for (int i = 0; i < data.size() && bytes < MAX_BYTES && count < MAX_BUFFERS; i++) {
                    turn = (turn + 1) % data.size();
                    gather(data.get(turn), share);
                }
            }
        }
        return bytes;
    }

    private void gather(Outbox box, int share) {
        if (box.runs.isEmpty()) {
            return;
        }
        long left = Math.min(box.credit(), share);
        for (Run run : box.runs) {
            if (left <= 0 || count == MAX_BUFFERS) {
                return;
            }
            int to = run.bytes() <= left ? run.to : run.boundary(left);
            left -= to - run.from;
            add(box, run, to);
        }
    }

    private void add(Outbox box, Run run, int to) {
        buffers[count] = run.slab.range(run.from, to);
        owners[count] = box;
        lengths[count++] = to - run.from;
        bytes += to - run.from;
    }

    /** Writes what was gathered, without blocking; how many bytes went. */
    long write(SocketChannel channel) throws IOException {
        long written = count == 1 ? channel.write(buffers[0]) : channel.write(buffers, 0, count);
        long left = written;
        for (int i = 0; i < count && left > 0; i++) {
            long went = Math.min(left, lengths[i]);
            owners[i].written(went);
            left -= went;
        }
        cut = written < bytes ? cutBox() : null;
        return written;
    }

    /** Whether the box's first run begins within a message. */
    boolean hasCut(Outbox box) {
        return cut == box;
    }

    private @Nullable Outbox cutBox() {
        for (int i = 0; i < count; i++) {
            Run first = owners[i].runs.peekFirst();
            if (first != null && !first.isAtBoundary()) {
                return owners[i];
            }
        }
        return null;
    }
}
