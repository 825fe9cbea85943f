package ioverlay.itest.hostile;

import ioverlay.api.State;
import ioverlay.api.WrittenBy;

/** Versions that do not take their predecessor's state. */
public final class Heirs {
    private Heirs() {}

    /** Says why it does not want it. */
    public static final class Vetoing extends Forwarder {
        @Override
        public void restore(State state, WrittenBy writtenBy) {
            throw new IllegalStateException("state of " + writtenBy.version() + " is too old for me");
        }
    }

    /** Breaks on it. */
    public static final class Breaking extends Forwarder {
        @Override
        public void restore(State state, WrittenBy writtenBy) {
            throw new IndexOutOfBoundsException("restore broke");
        }
    }

    /** Takes the rehearsal's, and breaks on the final one. */
    public static final class BreakingLate extends Forwarder {
        private int restores;

        @Override
        public void restore(State state, WrittenBy writtenBy) throws Exception {
            restores++;
            if (restores > 1) {
                throw new IllegalStateException("the second restore broke");
            }
            super.restore(state, writtenBy);
        }
    }
}
