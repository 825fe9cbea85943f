package ioverlay.container.weaving;

import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** What does not end by itself, in the ways that a compiler knows. None calls anything that waits. */
@SuppressWarnings({"InfiniteRecursion", "EmptyCatch", "unused", "InfiniteLoop"})
final class Endless {
    private Endless() {}

    /** Not a constant, so that the compiler lets code follow a loop. */
    private static volatile boolean on = true;

    static final class EmptyLoop implements Runnable {
        @Override
        public void run() {
            while (on) {}
        }
    }

    static final class LoopThatCatchesAll implements Runnable {
        private int caught;

        @Override
        public void run() {
            while (true) {
                try {
                    work();
                } catch (Throwable t) {
                    caught++;
                }
            }
        }

        private void work() {
            for (int i = 0; i >= 0; i = (i + 1) & 0xffffff) {
                caught += i;
            }
        }
    }

    static final class NestedLoopsThatCatchAll implements Runnable {
        private long sum;

        @Override
        public void run() {
            do {
                try {
                    for (long at = 0; ; at++) {
                        sum += at;
                    }
                } catch (Throwable t) {
                    sum = 0;
                } finally {
                    sum--;
                }
            } while (on);
        }
    }

    static final class RecursionThatCatchesAll implements Runnable {
        @Override
        public void run() {
            try {
                run();
            } catch (Throwable t) {
                run();
            }
        }
    }

    static final class LoopInALambda implements Runnable {
        private int sum;

        @Override
        public void run() {
            IntSupplier supplier = () -> {
                int counted = 0;
                for (int i = 0; on; i++) {
                    counted += i;
                }
                return counted;
            };
            sum = supplier.getAsInt();
        }
    }

    static final class EndlessStream implements Runnable {
        private int sum;

        @Override
        public void run() {
            IntStream.iterate(0, i -> i + 1).forEach(i -> sum += i);
        }
    }

    static final class LoopInANestedClass implements Runnable {
        @Override
        public void run() {
            new Inner().turn(0);
        }

        private static final class Inner {
            private int turn(int state) {
                int now = state;
                while (on) {
                    now = switch (now) {
                        case 0, 1, 2 -> now + 1;
                        case 1_000, 3 -> 0;
                        default -> now - 1;
                    };
                }
                return now;
            }
        }
    }

    static final class LoopInAStaticInitialiser implements Runnable {
        @Override
        public void run() {
            if (Stuck.SUM == 1) {
                throw new IllegalStateException();
            }
        }

        private static final class Stuck {
            static final int SUM;

            static {
                int sum = 0;
                while (on) {
                    sum++;
                }
                SUM = sum;
            }
        }
    }

    static final class LoopInAConstructor implements Runnable {
        private int count;

        LoopInAConstructor() {}

        private LoopInAConstructor(int limit) {
            while (count <= limit) {
                count = (count + 1) & 0xff;
            }
        }

        @Override
        public void run() {
            count = new LoopInAConstructor(1_000).count;
        }
    }

    static final class SynchronizedLoop implements Runnable {
        private final Object lock = new Object();
        private int count;

        @Override
        public void run() {
            synchronized (lock) {
                while (on) {
                    count++;
                }
            }
        }

        boolean isFree() throws InterruptedException {
            Thread prober = Thread.ofPlatform().daemon().start(() -> {
                synchronized (lock) {
                    count = 0;
                }
            });
            prober.join(10_000);
            return !prober.isAlive();
        }
    }
}
