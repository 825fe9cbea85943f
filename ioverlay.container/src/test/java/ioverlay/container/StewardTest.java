package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StewardTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    /** A job that does what it is told and says how it ended. */
    private record Told(String node, Runnable work, CompletableFuture<String> ending) implements Job {
        Told(String node, Runnable work) {
            this(node, work, new CompletableFuture<>());
        }

        @Override
        public void run() {
            work.run();
            ending.complete("done");
        }

        @Override
        public boolean abandon(String why) {
            return ending.complete(why);
        }

        String await() throws Exception {
            return ending.get(10, TimeUnit.SECONDS);
        }
    }

    /** The same, but cannot be given up: however late it runs, it runs. */
    private static Job insisting(Told job) {
        return new Job() {
            @Override
            public String node() {
                return job.node();
            }

            @Override
            public void run() {
                job.run();
            }

            @Override
            public boolean abandon(String why) {
                return false;
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void jobsOfOneNodeRunInOrderOneAtATime() throws Exception {
        List<Integer> order = new CopyOnWriteArrayList<>();
        AtomicInteger together = new AtomicInteger();
        try (Steward steward = new Steward(LONG)) {
            Told last = new Told("a", () -> {});
            for (int at = 0; at < 50; at++) {
                int number = at;
                last = new Told("a", () -> {
                    order.add(together.incrementAndGet() == 1 ? number : -1);
                    together.decrementAndGet();
                });
                steward.submit(last);
            }
            assertThat(last.await()).isEqualTo("done");
        }
        assertThat(order).hasSize(50).doesNotContain(-1).isSorted();
    }

    @Test
    void aJobOfAnotherNodeDoesNotWait() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (Steward steward = new Steward(LONG)) {
            Told first = new Told("a", () -> await(slow));
            Told other = new Told("b", slow::countDown);
            steward.submit(first);
            steward.submit(other);
            assertThat(other.await()).isEqualTo("done");
            assertThat(first.await()).isEqualTo("done");
        }
    }

    @Test
    void aJobRunsOnAPlatformThread() throws Exception {
        CompletableFuture<Boolean> virtual = new CompletableFuture<>();
        try (Steward steward = new Steward(LONG)) {
            steward.submit(
                    new Told("a", () -> virtual.complete(Thread.currentThread().isVirtual())));
            assertThat(virtual.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void aJobThatDoesNotEndIsGivenUpAndTheNextOneRuns() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Steward steward = new Steward(SHORT)) {
            Told stuck = new Told("a", () -> await(never));
            Told next = new Told("a", () -> {});
            steward.submit(stuck);
            steward.submit(insisting(next));
            assertThat(stuck.await()).contains("50 ms");
            assertThat(next.await()).isEqualTo("done");
        }
    }

    @Test
    void whatWaitsBeyondTheBoundIsRefused() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (Steward steward = new Steward(LONG)) {
            for (int at = 0; at <= Steward.MAX_WAITING; at++) {
                steward.submit(new Told("a", () -> await(slow)));
            }
            Told tooMany = new Told("a", () -> {});
            steward.submit(tooMany);
            assertThat(tooMany.await()).contains("at most " + Steward.MAX_WAITING);
            slow.countDown();
        }
    }

    @Test
    void closingGivesUpWhatWaitsAndRefusesWhatComes() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        Steward steward = new Steward(LONG);
        Told first = new Told("a", () -> await(slow));
        Told waiting = new Told("a", () -> {});
        CompletableFuture<Void> givenUp = first.ending().thenRun(slow::countDown);
        steward.submit(first);
        steward.submit(waiting);
        steward.close();
        steward.close();
        assertThat(waiting.await()).contains("closing");
        assertThat(givenUp).isCompleted();
        Told late = new Told("b", () -> {});
        steward.submit(late);
        assertThat(late.await()).contains("closing");
    }
}
