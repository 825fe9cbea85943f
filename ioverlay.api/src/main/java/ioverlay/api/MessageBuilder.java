package ioverlay.api;

import com.google.gson.JsonElement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Builds one {@link Message}. Settings not made stay at zero and an empty payload.
 *
 * <p><b>Threads:</b> one. A builder can build several messages.
 */
public final class MessageBuilder {
    private static final byte[] NOTHING = {};

    private NodeId sender;
    private int type;
    private int application;
    private long sequence;
    private byte[] payload = NOTHING;
    private List<Message> sources = List.of();
    private Optional<NodeId> from = Optional.empty();

    MessageBuilder(NodeId sender, int type) {
        this.sender = sender;
        this.type = type;
    }

    /** The message's type, 1 to 65535; see {@link MessageType}. */
    public MessageBuilder type(int value) {
        type = value;
        return this;
    }

    /** The originator. */
    public MessageBuilder sender(NodeId value) {
        sender = value;
        return this;
    }

    /** The session, an unsigned 32-bit number. */
    public MessageBuilder application(int value) {
        application = value;
        return this;
    }

    /** The sequence word. */
    public MessageBuilder sequence(long value) {
        sequence = value;
        return this;
    }

    /** The sequence word as a control message's two parameters. */
    public MessageBuilder params(int param1, int param2) {
        return sequence(Header.params(param1, param2));
    }

    /** Copies the bytes. */
    public MessageBuilder payload(byte[] bytes) {
        payload = bytes.clone();
        return this;
    }

    /** Copies what remains in the buffer; its position stays. */
    public MessageBuilder payload(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        payload = copy;
        return this;
    }

    /** The text as UTF-8. */
    public MessageBuilder payload(String text) {
        payload = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** The JSON document as UTF-8 text. */
    public MessageBuilder payload(JsonElement json) {
        return payload(json.toString());
    }

    /** A list of nodes, as {@link Payloads#nodes} reads it. */
    public MessageBuilder payload(List<NodeId> nodes) {
        payload = Payloads.write(nodes);
        return this;
    }

    MessageBuilder from(NodeId neighbour) {
        from = Optional.of(neighbour);
        return this;
    }

    MessageBuilder sources(List<Message> held) {
        sources = List.copyOf(held);
        return this;
    }

    /**
     * The message.
     *
     * @throws IllegalArgumentException if a field breaks a rule of {@link Header}; the text gives the rule and the value
     */
    public Message build() {
        Header header = new Header(type, sender, application, sequence, payload.length);
        return new BuiltMessage(header, payload, from.orElse(sender), sources);
    }
}
