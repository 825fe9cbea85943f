package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.engine.NodeWatcher;

/**
 * What the engine tells of one node: events, and calls that did not end.
 *
 * <p><b>Threads:</b> any of the engine's; nothing here waits.
 */
final class Watcher implements NodeWatcher {
    private final String node;
    private final EventLog events;
    private final Stalls stalls;

    /** Hears of a stalled slot. */
    @FunctionalInterface
    interface Stalls {
        /** Must return at once. */
        void stalled(String node, int application, String cause);
    }

    Watcher(String node, EventLog events, Stalls stalls) {
        this.node = node;
        this.events = events;
        this.stalls = stalls;
    }

    @Override
    public void happened(String kind, String sentence, JsonObject detail) {
        events.add(kind, node, sentence, detail);
    }

    @Override
    public void stalled(int application, boolean kept, String cause) {
        stalls.stalled(node, application, kept ? cause : cause + "; what it knew is lost");
    }
}
