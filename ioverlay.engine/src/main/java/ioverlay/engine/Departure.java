package ioverlay.engine;

import ioverlay.io.memory.Run;
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
    private final int[] places = new int[MAX_BUFFERS];
    private int count;
    private long bytes;

    /** Which application's box wrote last; the one after it comes first, so that a full socket starves nobody. */
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
            add(unfinished, run, run.boundary(0), turn);
        } else {
            gather(control, MAX_BYTES, turn);
            if (count == 0) {
                int share = data.size() == 1 ? MAX_BYTES : SHARE_BYTES;
                for (int i = 1; i <= data.size() && bytes < MAX_BYTES && count < MAX_BUFFERS; i++) {
                    int place = (turn + i) % data.size();
                    gather(data.get(place), share, place);
                }
            }
        }
        return bytes;
    }

    private void gather(Outbox box, int share, int place) {
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
            add(box, run, to, place);
        }
    }

    private void add(Outbox box, Run run, int to, int place) {
        buffers[count] = run.slab.range(run.from, to);
        owners[count] = box;
        places[count] = place;
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
            turn = places[i];
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
