package ioverlay.api;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** A message on the heap, as authors and applications build it. Immutable. */
final class BuiltMessage implements Message {
    private final Header header;
    private final byte[] bytes;
    private final NodeId from;
    private final List<Message> sources;

    BuiltMessage(Header header, byte[] bytes, NodeId from, List<Message> sources) {
        this.header = header;
        this.bytes = bytes;
        this.from = from;
        this.sources = sources;
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public List<Message> sources() {
        return sources;
    }

    @Override
    public int type() {
        return header.type();
    }

    @Override
    public NodeId sender() {
        return header.sender();
    }

    @Override
    public int application() {
        return header.application();
    }

    @Override
    public long sequence() {
        return header.sequence();
    }

    @Override
    public int payloadSize() {
        return bytes.length;
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public MemorySegment segment() {
        return MemorySegment.ofArray(bytes).asReadOnly();
    }

    @Override
    public NodeId from() {
        return from;
    }

    @Override
    public void release() {
        // The author owns a built message; there is nothing to give back.
    }

    @Override
    public String toString() {
        return "message " + header;
    }
}
