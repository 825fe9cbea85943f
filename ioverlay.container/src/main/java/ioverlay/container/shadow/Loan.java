package ioverlay.container.shadow;

import ioverlay.api.Algorithm;

/**
 * An instance that a shadow run was lent.
 *
 * <p><b>Threads:</b> any.
 */
public interface Loan {
    /** Name of the algorithm. */
    String name();

    /** Version of the bundle it comes from. */
    String version();

    /** Fresh: no method of it was called yet. */
    Algorithm instance();

    /** Has that called once, on the thread that stops its bundle, before the instance is taken back; at once if it was. */
    void whenGone(Runnable leave);

    /** Gives the instance back; idempotent. */
    void giveBack();
}
