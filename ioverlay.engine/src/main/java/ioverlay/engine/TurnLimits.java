package ioverlay.engine;

/**
 * How long one call of an algorithm may take until something is done about it, in milliseconds since its begin.
 *
 * @param reportMs an event tells of it, with its stack
 * @param interruptMs its thread is interrupted
 * @param cancelMs it is cancelled, see {@link ioverlay.api.woven.Cancellation}
 * @param condemnMs its thread is left behind, and another goes on with the node
 */
public record TurnLimits(long reportMs, long interruptMs, long cancelMs, long condemnMs) {
    /** 0.1 s, 2 s, 2.2 s, 3 s. */
    public static final TurnLimits STANDARD = new TurnLimits(100, 2_000, 2_200, 3_000);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException with the rule and the values
     */
    public TurnLimits {
        if (reportMs < 1 || interruptMs < reportMs || cancelMs < interruptMs || condemnMs < cancelMs) {
            throw new IllegalArgumentException("limits of a turn are in ascending order and above 0, not " + reportMs
                    + ", " + interruptMs + ", " + cancelMs + ", " + condemnMs);
        }
    }
}
