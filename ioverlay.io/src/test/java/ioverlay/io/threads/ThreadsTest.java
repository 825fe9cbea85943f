package ioverlay.io.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadsTest {
    private final Threads threads = new Threads("node");

    @Test
    void are_virtual_and_named_after_the_node_and_their_work() throws InterruptedException {
        AtomicReference<Thread> ran = new AtomicReference<>();
        threads.start("work", () -> ran.set(Thread.currentThread()));
        Await.until("the work", () -> ran.get() != null);
        assertThat(ran.get().getName()).isEqualTo("overlay-node-work");
        assertThat(ran.get().isVirtual()).isTrue();
        assertThat(threads.close(10_000)).isZero();
    }

    @Test
    void one_that_has_ended_is_not_counted() {
        threads.start("work", () -> {});
        Await.until("the end", () -> threads.count() == 0);
    }

    @Test
    void the_close_interrupts_what_waits() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        threads.start("waiting", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(threads.close(10_000)).isZero();
    }

    @Test
    void the_close_says_how_many_did_not_end_in_time() throws InterruptedException {
        AtomicBoolean end = new AtomicBoolean();
        threads.start("stubborn", () -> {
            while (!end.get()) {
                Thread.interrupted();
                LockSupport.parkNanos(1_000_000);
            }
        });
        assertThat(threads.close(20)).isOne();
        end.set(true);
        Await.until("the end", () -> threads.count() == 0);
    }

    @Test
    void after_the_close_nothing_starts() throws InterruptedException {
        threads.close(10);
        assertThat(threads.start("late", () -> {})).isFalse();
        assertThat(threads.count()).isZero();
    }

    @Test
    void a_close_among_starts_waits_for_all_that_started() throws InterruptedException {
        AtomicInteger started = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        Thread starter = Thread.ofPlatform().start(() -> {
            while (threads.start("short", ended::incrementAndGet)) {
                started.incrementAndGet();
            }
        });
        Await.until("some", () -> started.get() > 100);
        assertThat(threads.close(10_000)).isZero();
        starter.join();
        assertThat(ended.get()).isEqualTo(started.get());
    }
}
