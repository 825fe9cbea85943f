package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.memory.Range;
import ioverlay.io.memory.Slab;
import java.nio.ByteBuffer;

/** Messages as bytes, for tests that play a peer or look below the api. */
final class Messages {
    /** The originator where nothing else is said. */
    static final NodeId SENDER = NodeId.parse("127.0.0.1:9");

    private Messages() {}

    /** Writes a data message whose payload bytes are the low byte of its sequence; the byte after it. */
    static int write(Slab slab, int at, int application, long sequence, int payloadSize) {
        new Header(MessageType.DATA, SENDER, application, sequence, payloadSize).write(slab.buffer(), at);
        for (int i = 0; i < payloadSize; i++) {
            slab.buffer().put(at + Header.BYTES + i, (byte) sequence);
        }
        return at + Header.BYTES + payloadSize;
    }

    /** Data messages of one size, numbered on, back to back in memory of their own. */
    static Range range(int application, long firstSequence, int messages, int payloadSize) {
        Slab slab = Slab.onHeap(messages * (Header.BYTES + payloadSize));
        int at = 0;
        for (int i = 0; i < messages; i++) {
            at = write(slab, at, application, firstSequence + i, payloadSize);
        }
        return new Range(slab, 0, at, messages);
    }

    /** A data message as it goes over a link. */
    static ByteBuffer data(int application, long sequence, int payloadSize) {
        return any(MessageType.DATA, application, sequence, payloadSize);
    }

    /** A message of any type as it goes over a link, whatever a header's rules say. */
    static ByteBuffer any(int type, int application, long sequence, int payloadSize) {
        ByteBuffer bytes = header(type, 9, application, sequence, payloadSize, Header.BYTES + payloadSize);
        while (bytes.hasRemaining()) {
            bytes.put((byte) sequence);
        }
        return bytes.flip();
    }

    /** Only a header, with a size that need not be true. */
    static ByteBuffer header(int type, int senderPort, int payloadSize) {
        return header(type, senderPort, 1, 0, payloadSize, Header.BYTES).flip();
    }

    /** The header of a data message. */
    static ByteBuffer dataHeader(int application, long sequence, int payloadSize) {
        return header(MessageType.DATA, 9, application, sequence, payloadSize, Header.BYTES)
                .flip();
    }

    private static ByteBuffer header(
            int type, int senderPort, int application, long sequence, int payloadSize, int capacity) {
        return ByteBuffer.allocate(capacity)
                .putShort((short) type)
                .putShort((short) senderPort)
                .putInt(0x7f000001)
                .putInt(application)
                .putLong(sequence)
                .putInt(payloadSize);
    }
}
