package ioverlay.engine;

import java.util.Optional;

/**
 * What became of an exchange between two calls.
 *
 * @param failure what {@code save} or {@code restore} threw; the old occupant then goes on
 * @param pauseNs how long the node dispatched nothing, collections included
 * @param held messages on hold that went along
 * @param timers that went along
 */
public record Exchange(Optional<Throwable> failure, long pauseNs, int held, int timers) {}
