package ioverlay.io.message;

/**
 * What caused a send, and so what waits when a destination has no room: the port of the message that was being
 * processed, or the slot's origin lane for what timers and control messages caused.
 *
 * <p><b>Threads:</b> the turn.
 */
public interface Origin {
    /** Whether one more message of this size may wait here. */
    boolean admits(int bytes);

    /** A message waits for a box. */
    void waits(int bytes);

    /** A message that waited has found room, or is lost. */
    void went(int bytes);
}
