package ioverlay.engine;

import java.util.function.Consumer;

/**
 * What a new occupant must keep to while it is on probation.
 *
 * <p>When the slot goes back by itself, the old occupant serves again before the next message, and {@code returned} hears
 * of it once, soon afterwards. The instance that left is then nobody's any more but the caller's: hand its
 * {@link Candidate} to {@link Node#discard} on another thread, which ends it (and does nothing if it stalled). If the
 * probation is over otherwise — {@link Node#confirm}, {@link Node#giveBack}, {@link Node#park}, {@link Node#vacate}, the
 * end of the node — {@code returned} is never called afterwards for it, except when the slot went back just before.
 *
 * @param failures the failed call that takes the slot back to the old occupant, 1 or more
 * @param returned hears that the slot went back by itself; called in the turn, must return at once
 */
public record Terms(int failures, Consumer<Return> returned) {}
