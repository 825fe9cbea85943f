package ioverlay.itest.hostile;

import java.util.function.LongSupplier;

/** Calls that do not end by themselves, though their thread never waits. */
@SuppressWarnings({"InfiniteRecursion", "EmptyCatch"})
public final class Endless {
    private Endless() {}

    /** An empty loop. */
    public static class Loop extends Forwarder {
        private final long from;
        private long rounds;

        /** At once. */
        public Loop() {
            this(1);
        }

        /** From a message on. */
        protected Loop(long from) {
            this.from = from;
        }

        @Override
        protected void strike(long nth) {
            while (nth >= from) {
                rounds++;
            }
        }
    }

    /** Long after the switch. */
    public static final class LateLoop extends Loop {
        /** After a while of good work. */
        public LateLoop() {
            super(1_000);
        }
    }

    /** Takes everything that is thrown at it, and goes on. */
    public static final class LoopThatCatchesAll extends Forwarder {
        private long caught;

        @Override
        protected void strike(long nth) {
            while (true) {
                try {
                    work();
                } catch (Throwable t) {
                    caught++;
                }
            }
        }

        private void work() {
            for (long i = 0; i >= 0; i = (i + 1) & 0xffffff) {
                caught += i;
            }
        }
    }

    /** Calls itself, and again when that fails. */
    public static final class Recursion extends Forwarder {
        @Override
        protected void strike(long nth) {
            try {
                strike(nth + 1);
            } catch (Throwable t) {
                strike(nth + 2);
            }
        }
    }

    /** In a lambda. */
    public static final class LoopInALambda extends Forwarder {
        private long sum;

        @Override
        protected void strike(long nth) {
            LongSupplier work = () -> {
                long counted = 0;
                for (long i = nth; i > 0; i = Math.max(1, i + 1)) {
                    counted += i;
                }
                return counted;
            };
            sum = work.getAsLong();
        }
    }

    /** In a class within. */
    public static final class LoopInANestedClass extends Forwarder {
        @Override
        protected void strike(long nth) {
            new Inner().turn(nth);
        }

        /** Where it loops. */
        public static final class Inner {
            private long turns;

            void turn(long nth) {
                do {
                    turns++;
                } while (nth > 0);
            }
        }
    }

    /** While a class is initialised. */
    public static final class LoopInAStaticInitialiser extends Forwarder {
        private long sum;

        @Override
        protected void strike(long nth) {
            sum = Stuck.SUM;
        }

        /** Never ready. */
        public static final class Stuck {
            static final long SUM;

            static {
                long sum = 1;
                while (sum != 0) {
                    sum = sum + 2;
                }
                SUM = sum;
            }
        }
    }
}
