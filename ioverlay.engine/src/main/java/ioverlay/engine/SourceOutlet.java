package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.Outlet;
import ioverlay.io.memory.Range;
import ioverlay.io.memory.Slab;
import ioverlay.io.memory.SlabPool;
import ioverlay.io.memory.Views;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a local source writes: straight into slabs, which become ranges of its port.
 *
 * <p><b>Threads:</b> the seat's.
 */
final class SourceOutlet implements Outlet {
    private static final int CALL_BYTES = SlabPool.SLAB_BYTES;

    private final Switch node;
    private final Port port;
    private final Views views;
    private final boolean live;
    private @Nullable Slab slab;
    private int from;
    private int to;
    private int messages;
    private long callBytes;
    private long callMessages;

    SourceOutlet(Switch node, Port port, Views views, boolean live) {
        this.node = node;
        this.port = port;
        this.views = views;
        this.live = live;
    }

    /** A message may begin while the window is not full. */
    boolean hasRoom() {
        return port.pendingBytes() < node.config().bufferBytes();
    }

    @Override
    public boolean fits(int payloadSize) {
        return callBytes < CALL_BYTES
                && port.pendingBytes() + (to - from) < node.config().bufferBytes();
    }

    @Override
    public ByteBuffer open(int type, long sequence, int payloadSize) {
        if (!fits(payloadSize)) {
            throw new IllegalStateException("there is no room for " + payloadSize + " bytes in this call");
        }
        if (payloadSize > node.config().maxPayload()) {
            throw new IllegalArgumentException(
                    "a payload has at most " + node.config().maxPayload() + " bytes here, not " + payloadSize);
        }
        Header header = new Header(Seat.dataType(type, live), node.self(), port.application, sequence, payloadSize);
        views.end();
        int length = Header.BYTES + payloadSize;
        Slab into = room(length);
        header.write(into.buffer(), to);
        ByteBuffer payload =
                views.writable(into, to + Header.BYTES, payloadSize).asByteBuffer();
        to += length;
        messages++;
        callBytes += length;
        callMessages++;
        return payload;
    }

    private Slab room(int length) {
        Slab current = slab;
        if (current != null && current.capacity() - to < length) {
            hand(current);
            current.release();
            current = null;
        }
        if (current == null) {
            current = node.pool().take(length);
            slab = current;
            from = 0;
            to = 0;
        }
        return current;
    }

    private void hand(Slab current) {
        if (to > from) {
            current.retain();
            port.arrived(new Range(current, from, to, messages));
            from = to;
            messages = 0;
        }
    }

    /** Hands on what the call wrote and rings; how many messages. */
    long flush() {
        views.end();
        Slab current = slab;
        if (current != null) {
            hand(current);
            current.release(); // an idle source holds no slab
            slab = null;
            from = 0;
            to = 0;
        }
        long written = callMessages;
        callMessages = 0;
        callBytes = 0;
        if (written > 0) {
            node.turn().ring();
        }
        return written;
    }
}
