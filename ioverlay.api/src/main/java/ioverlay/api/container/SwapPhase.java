package ioverlay.api.container;

/** The phases of a hot swap, in their order. Up to {@link #MIGRATE} the running version notices nothing. */
public enum SwapPhase {
    /** Size and digest over the bytes, before the framework sees them. */
    VERIFY,
    /** Beside the running version. */
    INSTALL,
    /** Imports and requirements. */
    RESOLVE,
    /** An instance was obtained and has checked itself. */
    START,
    /** A copy of the state went into the new instance, which may veto. */
    MIGRATE,
    /** Between two calls: final state, held messages and timers. */
    SWITCH,
    /** The new version serves and is watched. */
    PROBATION,
    /** The old version has left. */
    RETIRE
}
