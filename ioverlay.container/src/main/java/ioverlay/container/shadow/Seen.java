package ioverlay.container.shadow;

import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.engine.Tap;
import java.util.List;
import java.util.Optional;

/**
 * A completed call of the version that serves, copied out of its turn.
 *
 * @param message that it was given
 * @param holdable whether the engine can hold it: it is neither a notice nor a message that the algorithm built itself
 * @param subject what a notice is about
 * @param disposition what it answered
 * @param sends in their order; one that sent the given message on has the very {@code message}
 * @param nowNs the time in that call
 * @param tookNs what it took
 * @param bytes that all of this keeps
 */
record Seen(
        Message message,
        boolean holdable,
        Optional<Message> subject,
        Disposition disposition,
        List<Tap.Sent> sends,
        long nowNs,
        long tookNs,
        long bytes) {
    static long bytes(Message message) {
        return (long) Header.BYTES + message.payloadSize();
    }
}
