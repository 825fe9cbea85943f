package ioverlay.observer.rollout;

/** Bounds of every rollout. */
final class Limits {
    /** The most slots that are brought to another version at the same time, up to their switch, or back. */
    static final int MAX_UNDER_WAY = 16;

    /** How long a node may be away before it counts as lost: a line is dialled again within seconds. */
    static final long LOST_MS = 30_000;

    /** How long lost nodes are waited for at the end; who comes back until then is still told. */
    static final long COMEBACK_MS = 600_000;

    /** How long one step of a node may take that answers, beside the time that the plan gives it. */
    static final long STEP_MS = 600_000;

    /** How long after a restart of the observer a swap that it may have asked for can still begin. */
    static final long SETTLE_MS = 10_000;

    /** How often a node under way is looked at. */
    static final long LOOK_MS = 500;

    /** The same for each node under way: many are looked at less often. */
    static final long LOOK_EACH_MS = 5;

    private Limits() {}
}
