package ioverlay.api;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An application-layer message: a {@link Header} and up to {@link Header#MAX_PAYLOAD} bytes (paper, section 2.2).
 *
 * <p>The engine owns all messages; nobody frees one. What {@code process} was given may be sent on as it is, without a
 * copy, to any number of destinations. After {@code process} has returned {@link Disposition#DONE} it must not be
 * touched: every method then throws {@link IllegalStateException}. After {@link Disposition#HOLD} it stays valid until
 * it is {@linkplain #release released} or named in {@link #madeFrom}; its payload must be asked for anew in each call.
 * Messages that an author builds stay valid for as long as the author keeps them.
 *
 * <p><b>Threads:</b> only within the calls of the algorithm or application that was given the message. Built messages
 * are immutable and can be shared.
 */
@ProviderType
public interface Message {
    /** What kind of message it is: see {@link MessageType}. */
    int type();

    /** The originator. It can be forged; authority comes from the connection, see {@link #from}. */
    NodeId sender();

    /** The session it belongs to, an unsigned 32-bit number. */
    int application();

    /** The originator's sequence number; in control messages {@link #param1} and {@link #param2}. */
    long sequence();

    /** Bytes after the header. */
    int payloadSize();

    /**
     * The payload, read-only, big-endian, position 0, limit {@link #payloadSize}. A fresh view at each call.
     *
     * @throws IllegalStateException if the message is no longer the caller's; a view kept beyond the call throws so too
     */
    ByteBuffer payload();

    /**
     * The payload as a read-only segment, for vectorised work.
     *
     * @throws IllegalStateException as {@link #payload}
     */
    MemorySegment segment();

    /** The neighbour whose link brought it; the node itself for what its own applications and engine made. */
    NodeId from();

    /** What an engine's notice is about: the refused message of {@code SEND_REFUSED}, the held one of {@code HOLD_EXPIRED}. */
    default Optional<Message> subject() {
        return Optional.empty();
    }

    /** The held messages this one was made from; empty unless built with {@link #madeFrom}. */
    default List<Message> sources() {
        return List.of();
    }

    /**
     * Gives a held message back to the engine when the present call returns; without effect on any other message. A
     * call that throws has released nothing.
     */
    void release();

    /** The header as a value. */
    default Header header() {
        return new Header(type(), sender(), application(), sequence(), payloadSize());
    }

    /** The first parameter of a control message: the upper half of the sequence word. */
    default int param1() {
        return (int) (sequence() >>> 32);
    }

    /** The second parameter of a control message: the lower half of the sequence word. */
    default int param2() {
        return (int) sequence();
    }

    /** The payload as UTF-8 text; malformed bytes become U+FFFD. */
    default String text() {
        return StandardCharsets.UTF_8.decode(payload()).toString();
    }

    /** A private copy that outlives the call, on the heap: header, payload and {@link #from}. */
    default Message copy() {
        return builder(sender(), type())
                .from(from())
                .application(application())
                .sequence(sequence())
                .payload(payload())
                .build();
    }

    /**
     * Starts a message.
     *
     * @param sender the originator: the node that builds it
     * @param type 1 to 65535
     */
    static MessageBuilder builder(NodeId sender, int type) {
        return new MessageBuilder(sender, type);
    }

    /**
     * Starts a message made from held ones, the n-to-m mapping of the paper's section 2.2: once it is sent, they go
     * back to the engine. Type, sender, application and sequence are those of the first until they are set.
     *
     * @param held at least one; messages that are not held need not be named, but may be
     * @throws IllegalArgumentException if none is given
     */
    static MessageBuilder madeFrom(Message... held) {
        if (held.length == 0) {
            throw new IllegalArgumentException("a message is made from at least one held message, not from none");
        }
        Message first = held[0];
        return new MessageBuilder(first.sender(), first.type())
                .application(first.application())
                .sequence(first.sequence())
                .sources(List.of(held));
    }
}
