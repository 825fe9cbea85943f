package ioverlay.testkit;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the engine says to an algorithm, and the message it is about, if any. */
record Notice(Message message, Optional<Message> subject) implements Message {
    static Notice of(NodeId self, int type, int application, long params, byte[] payload) {
        Message message = Message.builder(self, type)
                .application(application)
                .sequence(params)
                .payload(payload)
                .build();
        return new Notice(message, Optional.empty());
    }

    /** One about a neighbour: the node, then a sentence. */
    static Notice about(NodeId self, int type, int application, long params, NodeId peer, String sentence) {
        byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(NodeId.BYTES + text.length);
        peer.write(payload);
        payload.put(text);
        return of(self, type, application, params, payload.array());
    }

    Notice with(Message about) {
        return new Notice(message, Optional.of(about));
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
