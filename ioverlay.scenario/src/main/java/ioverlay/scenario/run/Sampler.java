package ioverlay.scenario.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes samples at an interval, on a thread of its own; the run ends with one that cannot be taken. */
final class Sampler implements AutoCloseable {
    private static final String DUTY = "samples are taken";
    private static final long END_LIMIT_S = 15;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Watch watch;
    private final Thread thread;

    Sampler(Clock clock, double interval, Watch watch, Sampling sampling) {
        this.watch = watch;
        thread = watch.start("scenario-samples", DUTY, () -> {
            try {
                // What was missed is not made up for.
                for (long n = 0;
                        !isOver(clock, n * interval);
                        n = 1 + Math.max(n, (long) (clock.seconds() / interval))) {
                    sampling.sample();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
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
            if (!thread.join(Duration.ofSeconds(END_LIMIT_S))) {
                watch.end(DUTY, "the last one has not come within " + END_LIMIT_S + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
