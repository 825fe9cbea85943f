package ioverlay.io.memory;

import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.nio.ByteBuffer;

/** Data messages as they come over a link. */
final class Messages {
    private static final NodeId SENDER = NodeId.parse("127.0.0.1:9");

    private Messages() {}

    static ByteBuffer dataHeader(int application, long sequence, int payloadSize) {
        ByteBuffer bytes = ByteBuffer.allocate(Header.BYTES);
        new Header(MessageType.DATA, SENDER, application, sequence, payloadSize).write(bytes, 0);
        return bytes;
    }

    /** With a payload of zeros. */
    static ByteBuffer data(int application, long sequence, int payloadSize) {
        ByteBuffer bytes = ByteBuffer.allocate(Header.BYTES + payloadSize);
        bytes.put(0, dataHeader(application, sequence, payloadSize), 0, Header.BYTES);
        return bytes;
    }
}
