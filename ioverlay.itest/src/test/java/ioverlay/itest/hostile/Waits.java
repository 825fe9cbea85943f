package ioverlay.itest.hostile;

import ioverlay.api.Place;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Versions whose calls wait for what never comes, or that leave something behind. */
public final class Waits {
    private static final String OVER = "ioverlay.itest.hostile.over";

    private Waits() {}

    /** Threads that are left behind from now on stay, until {@link #over}. */
    public static void begin() {
        System.clearProperty(OVER);
    }

    /** Lets go of all threads that were left behind. */
    public static void over() {
        System.setProperty(OVER, "true");
    }

    /** Has a thread of its own that never ends. */
    public abstract static class Haunted extends Forwarder {
        private final String name;

        /** Names the thread. */
        protected Haunted(String name) {
            this.name = name;
        }

        @Override
        public void begin(Place place) {
            super.begin(place);
            CountDownLatch ready = new CountDownLatch(1);
            Thread thread = new Thread(() -> haunt(ready), name);
            thread.setDaemon(true);
            thread.start();
            try {
                ready.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }

        /** Never returns. */
        protected abstract void haunt(CountDownLatch ready);

        /** Waits until the test lets go: a thread of a bundle that is left behind would stay for the whole JVM. */
        protected static void parkForEver() {
            while (!Boolean.getBoolean(OVER)) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /** Waits for a lock that another holds; an interrupt ends the wait. */
    public static final class ForALock extends Haunted {
        private final ReentrantLock lock = new ReentrantLock();

        /** With a thread that holds it. */
        public ForALock() {
            super("hostile-lock-holder");
        }

        @Override
        protected void haunt(CountDownLatch ready) {
            lock.lock();
            try {
                ready.countDown();
                parkForEver();
            } finally {
                lock.unlock();
            }
        }

        @Override
        protected void strike(long nth) {
            try {
                lock.lockInterruptibly();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while it waited for the lock", e);
            }
            lock.unlock();
        }
    }

    /** Waits for a monitor that another holds; nothing ends the wait. */
    public static final class ForAMonitor extends Haunted {
        private final Object monitor = new Object();

        /** With a thread that holds it. */
        public ForAMonitor() {
            super("hostile-monitor-holder");
        }

        @Override
        protected void haunt(CountDownLatch ready) {
            synchronized (monitor) {
                ready.countDown();
                parkForEver();
            }
        }

        @Override
        protected void strike(long nth) {
            synchronized (monitor) {
                work++;
            }
        }
    }

    /** Waits in a static initialiser, deaf to interrupts, and holds its carrier. */
    public static final class InAStaticInitialiser extends Forwarder {
        @Override
        protected void strike(long nth) {
            work = Deaf.WORK;
        }

        /** Never ready. */
        public static final class Deaf {
            static final long WORK;

            private static final Semaphore WAITING = new Semaphore(0);

            static {
                WORK = 1;
                WAITING.acquireUninterruptibly();
            }
        }
    }

    /** Works well, and leaves a thread behind. */
    public static final class Leaking extends Haunted {
        /** With the thread. */
        public Leaking() {
            super("hostile-leftover");
        }

        @Override
        protected void haunt(CountDownLatch ready) {
            ready.countDown();
            parkForEver();
        }
    }
}
