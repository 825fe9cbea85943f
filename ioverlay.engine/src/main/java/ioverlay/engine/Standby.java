package ioverlay.engine;

/**
 * The old occupant of a slot, at hand while the new one is on probation.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Standby {
    final Candidate old;
    private final Slot slot;
    private final Terms terms;
    private final long processedBefore;
    private final long redoneBefore;
    private int failures;

    Standby(Slot slot, Candidate old, Terms terms) {
        this.slot = slot;
        this.old = old;
        this.terms = terms;
        this.processedBefore = slot.processed;
        this.redoneBefore = slot.redone.get();
    }

    /** One more call of the new one failed; whether it was one too many. */
    boolean isOver() {
        return ++failures >= terms.failures();
    }

    int failures() {
        return failures;
    }

    private long redone() {
        return slot.redone.get() - redoneBefore;
    }

    /** How the slot has gone back. */
    Return back(String cause, boolean stalled, boolean carried, long startNs) {
        long completed = slot.processed - processedBefore - redone();
        return new Return(cause, stalled, carried, completed, redone(), System.nanoTime() - startNs);
    }

    /** Tells that the slot went back by itself; what was redone since then counts in. */
    void tell(Return back) {
        terms.returned()
                .accept(new Return(
                        back.cause(), back.stalled(), back.stateCarried(), back.completed(), redone(), back.pauseNs()));
    }
}
