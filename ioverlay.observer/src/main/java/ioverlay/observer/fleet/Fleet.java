package ioverlay.observer.fleet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * All nodes that have registered, and what they can be told.
 *
 * <p><b>Threads:</b> any. Futures complete in bounded time, always: with the result, or exceptionally with
 * {@link ioverlay.api.container.RefusedException} and a sentence (refused by the container, unknown, no line to it, no answer in time:
 * {@link Refusal#of} tells which). What follows on them runs on a virtual thread of its own, which may wait.
 */
public interface Fleet {
    /** All that are there, and those that were lost lately, by id. */
    List<Member> members();

    /** The one of that id, or of that name if only one has it. */
    Optional<Member> member(String node);

    /** Containers with a line now, by id. */
    List<Home> homes();

    /**
     * Has a node obey a command (docs/commands.md).
     *
     * @param command a JSON object with {@code "do"}
     * @param who asked, for the log: for example {@code page 127.0.0.1}, {@code rollout 7}
     * @return what the command answers
     */
    CompletableFuture<JsonElement> order(NodeId node, JsonObject command, String who);

    /** The same for a command to the container itself, as {@code create} or {@code algorithms}. */
    CompletableFuture<JsonElement> orderHome(String home, JsonObject command, String who);

    /**
     * Brings a bundle into the container of that id: in chunks, going on where a broken line left off, and has its
     * repository add it. Does nothing if the container has the bytes already.
     *
     * @return what the bundle offers there
     */
    CompletableFuture<JsonElement> bring(String home, Path bundle, String sha256, String name, String who);

    /** Tells all who listen of something that the observer itself has done: a rollout, an upload. */
    default void announce(Happening happening) {}

    /** What was counted since it opened. */
    default FleetCounts counts() {
        return FleetCounts.NONE;
    }

    /** Calls the listener for all that changes, on a thread of the fleet, one at a time; until the answer is closed. */
    AutoCloseable listen(Listener listener);

    /** Hears what changes. */
    interface Listener {
        /** A member is new, was seen anew, was lost or has gone. */
        default void changed(Member member) {}

        /** Something happened in a container, or the observer did it. */
        default void happened(Happening happening) {}
    }
}
