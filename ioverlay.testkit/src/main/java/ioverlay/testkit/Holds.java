package ioverlay.testkit;

import ioverlay.api.Header;
import ioverlay.api.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages that the slot holds, bounded by their bytes. */
final class Holds {
    private final int limitBytes;
    private final Map<ArrivedMessage, Integer> held = new LinkedHashMap<>();
    private long bytes;

    Holds(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    void hold(ArrivedMessage message) {
        int size = Header.BYTES + message.payloadSize();
        if (held.putIfAbsent(message, size) == null) {
            bytes += size;
        }
    }

    /** Lets the message go, if it is held. */
    void release(Message message) {
        if (message instanceof ArrivedMessage mine) {
            Integer size = held.remove(mine);
            if (size != null) {
                bytes -= size;
                mine.end();
            }
        }
    }

    boolean contains(ArrivedMessage message) {
        return held.containsKey(message);
    }

    /** Whether the oldest must be handed back. */
    boolean isOverfull() {
        return bytes > limitBytes;
    }

    ArrivedMessage oldest() {
        return held.keySet().iterator().next();
    }

    int count() {
        return held.size();
    }

    List<Message> all() {
        return List.copyOf(held.keySet());
    }
}
