package ioverlay.api.observer;

import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a rollout is.
 *
 * @param id its number, from 1
 * @param state where it stands
 * @param plan what it is to do
 * @param sentence the same for a person, and why
 * @param started when
 * @param ended when, if it has
 * @param waves the nodes, in the order in which they go, not empty
 * @param wave which of them is under way or was last, counted from 1
 * @param visits one for each slot that it concerns, in the order in which they go
 */
public record Rollout(
        long id,
        State state,
        RolloutPlan plan,
        String sentence,
        Instant started,
        Optional<Instant> ended,
        List<List<NodeId>> waves,
        int wave,
        List<Visit> visits) {
    /** Where a rollout stands. */
    public enum State {
        /** Nodes go over, or are watched. */
        RUNNING,
        /** No further node is begun. */
        PAUSED,
        /** Every node is at the new version. */
        COMPLETED,
        /** Nodes go back: it did badly, or was aborted. */
        RETURNING,
        /** It did badly; every node that it touched is back. */
        RETURNED,
        /** On request every node that it touched is back. */
        ABORTED,
        /** It has ended and some node is not where it should be; the sentence says which. */
        FAILED;

        /** Whether nothing more will happen. */
        public boolean isEnd() {
            return switch (this) {
                case RUNNING, PAUSED, RETURNING -> false;
                case COMPLETED, RETURNED, ABORTED, FAILED -> true;
            };
        }
    }

    /** Checks the wave and keeps its own lists. */
    public Rollout {
        waves = waves.stream().map(List::copyOf).toList();
        visits = List.copyOf(visits);
        if (wave < 1 || wave > waves.size()) {
            throw new RefusedException("the wave of a rollout is 1 to " + waves.size() + ", not " + wave);
        }
    }

    /**
     * One slot of one node.
     *
     * @param node where it listens
     * @param name in its container
     * @param application the slot
     * @param wave it belongs to, from 1
     * @param state where it stands
     * @param from version that it served
     * @param to version that it is to serve
     * @param pauseMicros how long its switch kept the node from dispatching, if it has switched
     * @param sentence for a person; may be empty
     */
    public record Visit(
            NodeId node,
            String name,
            int application,
            int wave,
            Step state,
            String from,
            String to,
            OptionalLong pauseMicros,
            String sentence) {}

    /** Where one slot stands. */
    public enum Step {
        /** Not begun. */
        WAITING,
        /** The bundle is brought to its container; how it does before the switch is measured. */
        BRINGING,
        /** The version runs in the shadow. */
        SHADOW,
        /** The swap was asked for. */
        SWAPPING,
        /** The version serves, on probation. */
        WATCHING,
        /** The version serves. */
        SWITCHED,
        /** The way back was asked for. */
        RETURNING,
        /** The version before serves again. */
        RETURNED,
        /** The version was refused, and the one before never stopped serving; or the way back was refused. */
        REFUSED,
        /** The node is not there. */
        LOST,
        /** It had switched and serves something else: somebody swapped it, or its container came back so. */
        STRAYED
    }
}
