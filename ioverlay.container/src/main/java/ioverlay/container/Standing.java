package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.NodeStatus.SlotStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * How a slot stands at one moment, all of it together.
 *
 * @param choice what it runs
 * @param serving the instance; empty while the slot is parked
 * @param trial of the one that serves; stays until its end is written down
 * @param previous what a rollback takes
 * @param swaps that succeeded
 * @param since when the choice has served, or was parked
 * @param parked why, while it is
 */
record Standing(
        Chosen choice,
        Optional<Lease<Algorithm>> serving,
        Optional<Trial> trial,
        Optional<Chosen> previous,
        int swaps,
        Instant since,
        String parked) {
    private static final String PARKED = "parked"; // in a status

    /** A slot that was just made. */
    static Standing first(Chosen choice, Lease<Algorithm> lease, Instant now) {
        return new Standing(choice, Optional.of(lease), Optional.empty(), Optional.empty(), 0, now, "");
    }

    /** After a swap; the trial is empty if there is nothing to go back to at once. */
    Standing swapped(Chosen next, Lease<Algorithm> lease, Optional<Trial> on, Instant now) {
        return new Standing(next, Optional.of(lease), on, Optional.of(choice), swaps + 1, now, "");
    }

    /** A version that the choice allows has come back. */
    Standing resumed(Lease<Algorithm> lease, Instant now) {
        return new Standing(choice.servedBy(lease.source()), Optional.of(lease), trial, previous, swaps, now, "");
    }

    /** The version before has come back by itself, since this one stalled: there is no way on from here. */
    Standing fallenBack(Chosen to, Lease<Algorithm> lease, Instant now) {
        return new Standing(to, Optional.of(lease), trial, Optional.empty(), swaps, now, "");
    }

    /** As before the swap, while the trial's end is being written down. */
    Standing returned(Standing before, Instant now) {
        return new Standing(before.choice, before.serving, trial, before.previous, before.swaps, now, "");
    }

    Standing parkedSince(Instant now, String why) {
        return new Standing(choice, Optional.empty(), trial, previous, swaps, now, why);
    }

    Standing withoutTrial() {
        return new Standing(choice, serving, Optional.empty(), previous, swaps, since, parked);
    }

    /**
     * The engine's status with what only the control plane knows.
     *
     * @param changing the engine may have gone on to what is not known here yet
     */
    SlotStatus complete(SlotStatus of, boolean changing) {
        return new SlotStatus(
                of.application(),
                changing ? choice.origin().algorithm() : of.algorithm(),
                changing ? choice.origin().version() : of.version(),
                serving.isPresent() ? of.state() : PARKED,
                of.processed(),
                of.failed(),
                of.held(),
                of.heldBytes(),
                swaps,
                of.detail(),
                previous.map(before -> before.origin().version()).orElse(""),
                trial.map(Trial::remainingMillis).orElse(0L),
                of.stalled(),
                of.sentBytes());
    }
}
