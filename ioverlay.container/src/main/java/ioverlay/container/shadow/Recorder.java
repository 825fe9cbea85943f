package ioverlay.container.shadow;

import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.engine.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies the calls of the version that serves into the ring, and counts those that find no place.
 *
 * <p><b>Threads:</b> {@link #called} in the turn; the numbers are read by any.
 */
final class Recorder implements Tap {
    /** The class of all messages that authors build. */
    private static final Class<?> BUILT = Message.builder(NodeId.parse("127.0.0.1:1"), MessageType.DATA)
            .build()
            .getClass();

    private final Ring ring;

    /** Written by the turn alone, so that adding needs no atomic operation. */
    private final AtomicLong calls = new AtomicLong();

    private final AtomicLong missed = new AtomicLong();

    /** Set in the turn, read by the keeper. */
    private volatile boolean over;

    Recorder(Ring ring) {
        this.ring = ring;
    }

    /** All calls that were shown. */
    long calls() {
        return calls.get();
    }

    /** Those of them that found no place. */
    long missed() {
        return missed.get();
    }

    /** Whether it was taken off since another version serves, or none. */
    boolean isOver() {
        return over;
    }

    @Override
    public void over() {
        over = true;
    }

    @Override
    public void called(Message message, Disposition disposition, List<Sent> sends, long nowNs, long tookNs) {
        calls.setRelease(calls.getPlain() + 1);
        boolean added = false;
        if (!ring.isFull()) {
            try {
                added = add(message, disposition, sends, nowNs, tookNs);
            } catch (Throwable e) {
                // The turn's boundary: whatever it is, no memory for instance, it costs the shadow a call, nobody else.
                added = false;
            }
        }
        if (!added) {
            missed.setRelease(missed.getPlain() + 1);
        }
    }

    private boolean add(Message message, Disposition disposition, List<Sent> sends, long nowNs, long tookNs) {
        Optional<Message> subject = message.subject();
        long bytes = bytes(message, subject, sends);
        if (!ring.hasRoom(bytes)) {
            return false;
        }
        Message copy = lasting(message);
        boolean mayBeHeld = !isBuilt(message) && !MessageType.isEngine(copy.type());
        List<Sent> kept = copies(sends, message, copy);
        ring.add(new Seen(copy, mayBeHeld, subject.map(Recorder::lasting), disposition, kept, nowNs, tookNs, bytes));
        return true;
    }

    private static long bytes(Message message, Optional<Message> subject, List<Sent> sends) {
        long bytes = Seen.bytes(message);
        if (subject.isPresent()) {
            bytes += Seen.bytes(subject.get());
        }
        Message last = message;
        for (Sent sent : sends) {
            if (!isSame(sent.message(), last) && !isSame(sent.message(), message)) {
                last = sent.message();
                bytes += Seen.bytes(last);
            }
        }
        return bytes;
    }

    /** One copy of each message, however many destinations it went to; none of what is immutable. */
    private static List<Sent> copies(List<Sent> sends, Message given, Message copyOfGiven) {
        List<Sent> kept = new ArrayList<>(sends.size());
        Message last = given;
        Message copyOfLast = copyOfGiven;
        for (Sent sent : sends) {
            Message message = sent.message();
            if (isSame(message, given)) {
                kept.add(new Sent(copyOfGiven, sent.destination()));
                continue;
            }
            if (!isSame(message, last)) {
                last = message;
                copyOfLast = lasting(message);
            }
            kept.add(new Sent(copyOfLast, sent.destination()));
        }
        return kept;
    }

    /** What authors build is immutable and stays; what is the engine's own is copied. */
    private static Message lasting(Message message) {
        return isBuilt(message) ? message : message.copy();
    }

    private static boolean isBuilt(Message message) {
        return message.getClass() == BUILT;
    }

    @SuppressWarnings("ReferenceEquality") // the very same message, not one that looks like it
    private static boolean isSame(Message one, Message other) {
        return one == other;
    }
}
