package ioverlay.container.shadow;

import ioverlay.api.Message;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The messages that the shadow holds: copies of its own, bounded.
 *
 * <p><b>Threads:</b> the shadow's.
 */
final class Held {
    private final long limitBytes;
    private final LinkedHashSet<Lent> messages = new LinkedHashSet<>();
    private long bytes;

    Held(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    void hold(Lent message) {
        if (messages.add(message)) {
            bytes += Seen.bytes(message.copied());
        }
    }

    /** Lets it go, if it is held. */
    void release(Message message) {
        if (message instanceof Lent mine && messages.remove(mine)) {
            bytes -= Seen.bytes(mine.copied());
            mine.end();
        }
    }

    /** The oldest that has the same content, or the copy itself: two versions need not hold the same. */
    Message like(Message copy) {
        for (Lent message : messages) {
            if (message.copied().from().equals(copy.from()) && Comparison.sameContent(message.copied(), copy)) {
                return message;
            }
        }
        return copy;
    }

    boolean isOverfull() {
        return bytes > limitBytes;
    }

    Lent oldest() {
        return messages.getFirst();
    }

    int count() {
        return messages.size();
    }

    List<Message> all() {
        return List.copyOf(messages);
    }
}
