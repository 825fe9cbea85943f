package ioverlay.scenario.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes samples at an interval, on a thread of its own. */
final class Sampler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sampler.class.getName());
    private static final long END_LIMIT_S = 15;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    Sampler(Clock clock, double interval, Sampling sampling) {
        thread = Thread.ofVirtual().name("scenario-samples").start(() -> {
            try {
                // What was missed is not made up for.
                for (long n = 0;
                        !isOver(clock, n * interval);
                        n = 1 + Math.max(n, (long) (clock.seconds() / interval))) {
                    sampling.sample();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "no more samples are taken", e);
            }
        });
    }

    /** Takes one. */
    @FunctionalInterface
    interface Sampling {
        void sample() throws InterruptedException;
    }

    private boolean isOver(Clock clock, double next) throws InterruptedException {
        return over.await((long) ((next - clock.seconds()) * 1e9), TimeUnit.NANOSECONDS);
    }

    /** Waits for the sample that is being taken. */
    @Override
    public void close() {
        over.countDown(); // no interrupt, which a node that is asked would take for its own
        try {
            thread.join(TimeUnit.SECONDS.toMillis(END_LIMIT_S));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
