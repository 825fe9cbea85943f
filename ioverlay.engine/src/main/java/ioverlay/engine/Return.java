package ioverlay.engine;

/**
 * How a slot went back to its old occupant.
 *
 * @param cause in words: what was thrown and where, or which call stalled and where
 * @param stalled whether a call did not end; the instance that left must then not be called any more
 * @param stateCarried whether the old occupant took over what the new one saved
 * @param completed calls of the new one that returned; if the state was not carried, their effect on it is lost
 * @param redone messages at which the new one failed and which the old one processed instead
 * @param pauseNs how long the node dispatched nothing for the way back
 */
public record Return(String cause, boolean stalled, boolean stateCarried, long completed, long redone, long pauseNs) {}
