package ioverlay.io.message;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the engine says to an algorithm, and the message it is about, if any. Made by the engine, never on a link. */
public final class Notice implements Message {
    private final Message message;
    private final Optional<Message> subject;

    private Notice(Message message, Optional<Message> subject) {
        this.message = message;
        this.subject = subject;
    }

    /** A notice about a neighbour: the node, then a sentence. */
    public static Notice about(NodeId self, int type, int application, long params, NodeId peer, String sentence) {
        byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(NodeId.BYTES + text.length);
        peer.write(payload);
        payload.put(text).flip();
        return of(self, type, application, params, payload);
    }

    public static Notice of(NodeId self, int type, int application, long params, ByteBuffer payload) {
        Message message = Message.builder(self, type)
                .application(application)
                .sequence(params)
                .payload(payload)
                .build();
        return new Notice(message, Optional.empty());
    }

    /** A held message comes back for the last time. */
    public static Notice expired(NodeId self, int application, int stillHeld, Message oldest) {
        return of(self, MessageType.HOLD_EXPIRED, application, Header.params(stillHeld, 0), ByteBuffer.allocate(0))
                .with(oldest);
    }

    public Notice with(Message about) {
        return new Notice(message, Optional.of(about));
    }

    @Override
    public Optional<Message> subject() {
        return subject;
    }

    @Override
    public int type() {
        return message.type();
    }

    @Override
    public NodeId sender() {
        return message.sender();
    }

    @Override
    public int application() {
        return message.application();
    }

    @Override
    public long sequence() {
        return message.sequence();
    }

    @Override
    public int payloadSize() {
        return message.payloadSize();
    }

    @Override
    public ByteBuffer payload() {
        return message.payload();
    }

    @Override
    public MemorySegment segment() {
        return message.segment();
    }

    @Override
    public NodeId from() {
        return message.sender();
    }

    @Override
    public Header header() {
        return message.header();
    }

    @Override
    public void release() {
        // A notice is the engine's own; there is nothing to give back.
    }
}
