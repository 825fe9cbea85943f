package ioverlay.engine;

import ioverlay.api.Message;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a node, by application, and those that have notices to be delivered.
 *
 * <p><b>Threads:</b> the turn; {@link #own} any.
 */
final class Slots {
    /** The slot that serves every application without its own. */
    private static final int COMMON = 0;

    private final Map<Integer, Slot> slots = new ConcurrentHashMap<>(); // the control plane looks for numbers, too
    private final ArrayDeque<Slot> noticed = new ArrayDeque<>();

    /** Who serves the application; null if nobody does. */
    @Nullable Slot serving(int application) {
        Slot own = slots.get(application);
        return own != null ? own : slots.get(COMMON);
    }

    /** The application's own slot; null if it has none. */
    @Nullable Slot own(int application) {
        return slots.get(application);
    }

    Collection<Slot> all() {
        return slots.values();
    }

    /** False if the application has a slot already. */
    boolean add(Slot slot) {
        return slots.putIfAbsent(slot.application, slot) == null;
    }

    void remove(Slot slot) {
        slots.remove(slot.application, slot);
    }

    void clear() {
        slots.clear();
        noticed.clear();
    }

    List<Message> held(int application) {
        Slot slot = slots.get(application);
        return slot == null ? List.of() : slot.holds.all();
    }

    /** The slot may have notices now. */
    void noticed(Slot slot) {
        if (!slot.noticed && slot.hasNotices() && !slot.isParked()) {
            slot.noticed = true;
            noticed.addLast(slot);
        }
    }

    boolean hasNotices() {
        return !noticed.isEmpty();
    }

    /** The next slot that has notices; it is asked again only if it is {@link #noticed} again. */
    @Nullable Slot nextNoticed() {
        Slot slot = noticed.pollFirst();
        if (slot != null) {
            slot.noticed = false;
        }
        return slot;
    }
}
