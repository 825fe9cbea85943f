package ioverlay.engine;

import java.util.function.Consumer;

/**
 * What a new occupant must keep to while it is on probation.
 *
 * @param failures the failed call that takes the slot back to the old occupant, 1 or more
 * @param returned hears that the slot went back by itself; called in the turn, must return at once
 */
public record Terms(int failures, Consumer<Return> returned) {}
