package ioverlay.itest.hostile;

import ioverlay.api.State;

/** Versions whose calls fail. */
public final class Calls {
    private Calls() {}

    /** At the first message, and at each. */
    public static class Failing extends Forwarder {
        private final long from;

        /** At once. */
        public Failing() {
            this(1);
        }

        /** From a message on. */
        protected Failing(long from) {
            this.from = from;
        }

        @Override
        protected void strike(long nth) {
            if (nth >= from) {
                throw new IllegalStateException("message " + nth + " broke it");
            }
        }
    }

    /** After a thousand. */
    public static final class LateFailing extends Failing {
        /** One thousand go well. */
        public LateFailing() {
            super(1_001);
        }
    }

    /** And does not give its state back either. */
    public static final class FailingWithItsState extends Failing {
        @Override
        public State save() {
            throw new IllegalStateException("nothing is given back");
        }
    }

    /** Wants more memory than there is. */
    public static final class Greedy extends Forwarder {
        @Override
        protected void strike(long nth) {
            work = new long[Integer.MAX_VALUE].length;
        }
    }

    /** Calls itself until the stack is full. */
    public static final class Overflowing extends Forwarder {
        @Override
        protected void strike(long nth) {
            work = deeper(nth) + 1;
        }

        @SuppressWarnings("InfiniteRecursion")
        private long deeper(long level) {
            return deeper(level + 1) + 1;
        }
    }

    /** Needs a class that its bundle has not. */
    public static final class Incomplete extends Forwarder {
        @Override
        protected void strike(long nth) {
            work = Forgotten.WORK;
        }
    }

    /** Ends the whole JVM. */
    public static final class Exiting extends Forwarder {
        @Override
        protected void strike(long nth) {
            System.exit(1);
        }
    }
}
