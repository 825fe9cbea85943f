package ioverlay.engine;

import com.google.gson.JsonObject;

/**
 * Hears of what happens at a node: links that come and fail, algorithms and applications that throw, traces.
 *
 * <p><b>Threads:</b> any of the engine's; must return at once and never throw.
 */
@FunctionalInterface
public interface NodeWatcher {
    /**
     * Something happened.
     *
     * @param kind for example {@code link.up}, {@code link.failed}, {@code algorithm.failed}, {@code trace}
     * @param sentence for a person
     * @param detail for a program
     */
    void happened(String kind, String sentence, JsonObject detail);

    /**
     * A call of a slot's occupant did not end and was cancelled or left behind, and there was no old occupant at hand to
     * go back to. The slot is parked and its messages wait; the occupant must not be called any more.
     *
     * @param application the slot
     * @param kept whether what the occupant saved afterwards is kept for its successor
     * @param cause in words: which call, and where it was
     */
    default void stalled(int application, boolean kept, String cause) {}
}
