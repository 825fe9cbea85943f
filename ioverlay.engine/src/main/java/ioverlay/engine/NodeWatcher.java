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
}
