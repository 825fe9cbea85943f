package ioverlay.observer.rollout;

/** Bounds of every rollout. */
final class Limits {
    /** The most slots that are brought to another version at the same time, up to their switch, or back. */
    static final int MAX_UNDER_WAY = 16;

    /** How long a node may be away before it counts as lost: a line is dialled again within seconds. */
    static final long LOST_MS = 30_000;

    /** How long lost nodes are waited for at the end; who comes back until then is still told. */
    static final long COMEBACK_MS = 600_000;

    /** How often it is written down how long lost nodes have been waited for. */
    static final long NOTE_MS = 60_000;

    /** How long one step of a node may take that answers, beside the time that the plan gives it. */
    static final long STEP_MS = 600_000;

    /** How often a node under way is looked at. */
    static final long LOOK_MS = 500;

    /** The same for each node under way: many are looked at less often. */
    static final long LOOK_EACH_MS = 5;

    /** The most slots that are asked at a time, at the end, what they serve. */
    static final int MAX_CHECKED = 64;

    /** The most slots of one rollout: it is one document. */
    static final int MAX_SLOTS = 10_000;

    /** The most slots of all rollouts that are kept, together. */
    static final int MAX_SLOTS_KEPT = 100_000;

    private Limits() {}
}
