package ioverlay.itest.hostile;

import java.util.function.LongSupplier;

/** Calls that do not end by themselves, though their thread never waits. */
@SuppressWarnings({"InfiniteRecursion", "EmptyCatch"})
public final class Endless {
    private Endless() {}

    /** An empty loop. */
    public static class Loop extends Forwarder {
        private final long from;
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
                work++;
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
        @Override
        protected void strike(long nth) {
            while (true) {
                try {
                    count();
                } catch (Throwable t) {
                    work++;
                }
            }
        }

        private void count() {
            for (long i = 0; i >= 0; i = (i + 1) & 0xffffff) {
                work += i;
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
        @Override
        protected void strike(long nth) {
            LongSupplier endless = () -> {
                long counted = 0;
                for (long i = nth; i > 0; i = Math.max(1, i + 1)) {
                    counted += i;
                }
                return counted;
            };
            work = endless.getAsLong();
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
            void turn(long nth) {
                long turns = 0;
                do {
                    turns++;
                } while (nth > 0 || turns < 0);
            }
        }
    }

    /** While a class is initialised. */
    public static final class LoopInAStaticInitialiser extends Forwarder {
        @Override
        protected void strike(long nth) {
            work = Stuck.SUM;
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
