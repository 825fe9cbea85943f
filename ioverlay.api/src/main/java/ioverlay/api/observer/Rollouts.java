package ioverlay.api.observer;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings a version of an algorithm to many nodes, in waves, watches it, and goes back by itself. An OSGi service of a
 * container with an observer.
 *
 * <p>A rollout survives the observer: it is written down before each step that acts, and goes on by itself when the
 * observer is there again. Nodes act once for each step, however often they are asked.
 *
 * <p><b>Threads:</b> any. A command returns when it is written down; what follows from it is done by the observer's own thread.
 */
@ProviderType
public interface Rollouts {
    /** The most rollouts that are under way at a time. */
    int MAX_RUNNING = 16;

    /** The most that are kept; the oldest that have ended are forgotten. */
    int MAX_KEPT = 1000;

    /**
     * Starts one.
     *
     * @param who asks, for the log: for example {@code shell}
     * @throws ioverlay.api.container.RefusedException with a sentence if the version is not there, a node is unknown or does not run the
     *     algorithm, no node runs another version, one of the same algorithm and application is under way, or too many are; nothing has changed
     */
    Rollout start(RolloutPlan plan, String who);

    /** All that are kept, the latest first. */
    List<Rollout> rollouts();

    /** The one of that number. */
    Optional<Rollout> rollout(long id);

    /**
     * Begins no further node until it is resumed. What is under way ends, and is watched; if it does badly, it goes back all the same.
     *
     * @throws ioverlay.api.container.RefusedException if there is none of that number, or it is not running
     */
    Rollout pause(long id, String who);

    /**
     * Goes on.
     *
     * @throws ioverlay.api.container.RefusedException if there is none of that number, or it is not paused
     */
    Rollout resume(long id, String who);

    /**
     * Takes every node back that has switched, or is about to.
     *
     * @throws ioverlay.api.container.RefusedException if there is none of that number, it is on its way back already, or has ended
     */
    Rollout abort(long id, String who);
}
