package ioverlay.api.container;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of a swap.
 *
 * @param request what was asked
 * @param from version that served before
 * @param to version that was wanted; empty if none matched
 * @param outcome what happened
 * @param reached the last phase that was entered
 * @param sentence why, for a person
 * @param took how long each phase took that was entered
 * @param pause how long the node dispatched nothing, collections included
 * @param heldCarried messages on hold that went along
 * @param timersCarried timers that went along
 * @param redone messages at which the new version failed on probation and which the old one processed instead
 * @param forgotten completed calls of the new version whose effect on the state is lost, since the slot went back and
 *     what the new version saved could not be taken over; 0 if it was
 */
public record SwapResult(
        SwapRequest request,
        String from,
        String to,
        Outcome outcome,
        SwapPhase reached,
        String sentence,
        Map<SwapPhase, Duration> took,
        Duration pause,
        int heldCarried,
        int timersCarried,
        long redone,
        long forgotten) {
    /** A swap that nothing went back from. */
    public SwapResult(
            SwapRequest request,
            String from,
            String to,
            Outcome outcome,
            SwapPhase reached,
            String sentence,
            Map<SwapPhase, Duration> took,
            Duration pause,
            int heldCarried,
            int timersCarried) {
        this(request, from, to, outcome, reached, sentence, took, pause, heldCarried, timersCarried, 0, 0);
    }

    /** How a swap can end. */
    public enum Outcome {
        /** The new version serves. */
        SWITCHED,
        /** The old version never stopped serving. */
        REFUSED,
        /** The new version served for a while; the old one is back. */
        RETURNED
    }

    /** Keeps its own map, in the order of the phases. */
    public SwapResult {
        Map<SwapPhase, Duration> ordered = new EnumMap<>(SwapPhase.class);
        ordered.putAll(took);
        took = Collections.unmodifiableMap(ordered);
    }
}
