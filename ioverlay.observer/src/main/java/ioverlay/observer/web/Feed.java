package ioverlay.observer.web;

import com.google.gson.JsonObject;

/**
 * Pushes to all pages that listen at {@code /api/events}.
 *
 * <p><b>Threads:</b> any; does not wait. A page that does not keep up is cut off and comes again.
 */
@FunctionalInterface
public interface Feed {
    /**
     * Pushes.
     *
     * @param event its name, for example {@code rollout}
     * @param data what is pushed; not changed any more by the caller
     */
    void push(String event, JsonObject data);
}
