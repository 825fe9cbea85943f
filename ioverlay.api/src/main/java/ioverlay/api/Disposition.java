package ioverlay.api;

/** What an algorithm says of the message it was given (paper, section 2.2, "hold"). */
public enum Disposition {
    /** The algorithm is through with the message and must not touch it again. */
    DONE,
    /**
     * The engine keeps the message for the algorithm, until it is released, named in {@link Message#madeFrom}, or comes
     * back as {@link MessageType#HOLD_EXPIRED} because the slot holds more than it may.
     */
    HOLD
}
