package ioverlay.io.message;

import ioverlay.api.Header;
import ioverlay.api.Message;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * What the engine and the node itself have to say to a slot, in order: bounded in number and memory. Timers have a place
 * of their own, one each, so that nothing can crowd them out.
 *
 * <p><b>Threads:</b> the turn.
 */
public final class Notices {
    /** Notices that wait; one more is dropped and counted. */
    public static final int MAX_MESSAGES = 4096;

    /** Their memory, the messages that they are about included. */
    public static final long MAX_BYTES = 8L << 20;

    private final ArrayDeque<Message> timers = new ArrayDeque<>();
    private final ArrayDeque<Message> others = new ArrayDeque<>();
    private long bytes;

    /** Room was promised after a refusal; the notice comes after all others. */
    private Optional<Message> room = Optional.empty();

    public void addTimer(Message notice) {
        timers.addLast(notice);
    }

    public void owe(Message roomNotice) {
        room = Optional.of(roomNotice);
    }

    /** False if there is no place for it. */
    public boolean add(Message notice) {
        long size = size(notice);
        if (others.size() == MAX_MESSAGES || bytes + size > MAX_BYTES) {
            return false;
        }
        bytes += size;
        others.addLast(notice);
        return true;
    }

    private static long size(Message notice) {
        long own = (long) Header.BYTES + notice.payloadSize();
        Optional<Message> about = notice.subject();
        return about.isPresent() ? own + about.get().payloadSize() : own;
    }

    public boolean isEmpty() {
        return timers.isEmpty() && others.isEmpty() && room.isEmpty();
    }

    public Optional<Message> next() {
        Message next = timers.pollFirst();
        if (next == null) {
            next = others.pollFirst();
            if (next != null) {
                bytes -= size(next);
            }
        }
        if (next != null) {
            return Optional.of(next);
        }
        Optional<Message> owed = room;
        room = Optional.empty();
        return owed;
    }
}
