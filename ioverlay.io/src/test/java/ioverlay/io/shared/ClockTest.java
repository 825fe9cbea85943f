package ioverlay.io.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // the tests see what rings, not what becomes of the future
class ClockTest {
    private static final long MS = 1_000_000;

    private final Clock clock = new Clock();
    private final BlockingQueue<String> rang = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        clock.close();
    }

    private Future<?> after(long delayNs, String what) {
        return clock.after(delayNs, () -> rang.add(what));
    }

    @Test
    void rings_in_the_order_in_which_things_are_due() throws InterruptedException {
        after(300 * MS, "late");
        after(10 * MS, "early");
        assertThat(rang.poll(20, TimeUnit.SECONDS)).isEqualTo("early");
        assertThat(rang.poll(20, TimeUnit.SECONDS)).isEqualTo("late");
    }

    @Test
    void what_is_cancelled_does_not_ring() throws InterruptedException {
        Future<?> early = after(300 * MS, "early");
        after(350 * MS, "late");
        early.cancel(false);
        assertThat(rang.poll(20, TimeUnit.SECONDS)).isEqualTo("late");
    }

    @Test
    void a_task_that_throws_does_not_end_the_clock() throws InterruptedException {
        Future<?> faulty = clock.after(0, () -> {
            throw new IllegalStateException("faulty");
        });
        after(MS, "next");
        assertThat(rang.poll(20, TimeUnit.SECONDS)).isEqualTo("next");
        assertThat(faulty.state()).isEqualTo(Future.State.FAILED);
    }

    @Test
    void runs_on_one_platform_thread_of_its_own() throws InterruptedException {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        clock.after(0, () -> threads.add(Thread.currentThread()));
        Thread thread = threads.poll(20, TimeUnit.SECONDS);
        assertThat(thread).isNotNull();
        assertThat(thread.getName()).isEqualTo("overlay-clock");
        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void tells_how_long_it_stood_still() {
        assertThat(clock.stoodStillNs()).isZero();
        clock.after(0, () -> LockSupport.parkNanos(100 * MS)); // as if the process was paused

        long deadline = System.nanoTime() + 20_000 * MS;
        while (clock.stoodStillNs() < 80 * MS && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(clock.stoodStillNs()).isGreaterThanOrEqualTo(80 * MS);
    }

    @Test
    void after_the_close_nothing_rings() throws InterruptedException {
        after(200 * MS, "late");
        clock.close();
        assertThat(rang.poll(250, TimeUnit.MILLISECONDS)).isNull();
    }
}
