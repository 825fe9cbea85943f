package ioverlay.io.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnTest {
    private final List<Turn> turns = new ArrayList<>();

    private static void nothing() {
        // the guest of a test has no other work
    }

    private Turn turn(BooleanSupplier run) {
        Turn turn = new Turn("test-runner", run);
        turns.add(turn);
        turn.start();
        return turn;
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Turn turn : turns) {
            turn.close();
            assertThat(turn.awaitEnd(10_000)).isTrue();
        }
    }

    /** Work of many threads, which each run takes in small pieces; notices when two runs overlap. */
    private static final class Work {
        private static final int PIECE = 7;

        final Queue<Integer> waiting = new ConcurrentLinkedQueue<>();
        final AtomicInteger done = new AtomicInteger();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicBoolean overlapped = new AtomicBoolean();

        boolean run() {
            if (inside.incrementAndGet() != 1) {
                overlapped.set(true);
            }
            for (int left = PIECE; left > 0 && waiting.poll() != null; left--) {
                done.incrementAndGet();
            }
            inside.decrementAndGet();
            return !waiting.isEmpty();
        }
    }

    private static void bring(Work work, Turn turn, int each, Thread.Builder... kinds) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch together = new CountDownLatch(1);
        for (Thread.Builder kind : kinds) {
            threads.add(kind.start(() -> {
                try {
                    together.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int i = 0; i < each; i++) {
                    work.waiting.add(i);
                    turn.visit(TurnTest::nothing); // a platform thread is never a guest
                }
            }));
        }
        together.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void what_many_threads_bring_is_all_done() throws InterruptedException {
        Work work = new Work();
        Turn turn = turn(work::run);
        for (int round = 1; round <= 20; round++) {
            bring(
                    work,
                    turn,
                    500,
                    Thread.ofVirtual(),
                    Thread.ofPlatform(),
                    Thread.ofVirtual(),
                    Thread.ofVirtual(),
                    Thread.ofPlatform());
            int all = round * 5 * 500;
            Await.until("all work of round " + round, () -> work.done.get() == all);
        }
    }

    @Test
    void two_runs_never_overlap() throws InterruptedException {
        Work work = new Work();
        Turn turn = turn(work::run);
        bring(work, turn, 5_000, Thread.ofVirtual(), Thread.ofVirtual(), Thread.ofVirtual(), Thread.ofPlatform());
        Await.until("all work", () -> work.done.get() == 20_000);
        assertThat(work.overlapped).isFalse();
    }

    @Test
    void a_virtual_thread_that_visits_runs_the_node_itself() throws InterruptedException {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Turn turn = turn(() -> {
            ran.set(Thread.currentThread());
            return false;
        });
        Thread guest = Thread.ofVirtual().start(() -> turn.visit(TurnTest::nothing));
        guest.join();
        assertThat(ran.get()).isSameAs(guest);
    }

    @Test
    void any_thread_that_rings_leaves_it_to_the_runner() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Turn turn = turn(() -> {
            ran.set(Thread.currentThread());
            return false;
        });
        turn.ring();
        Await.until("a run", () -> ran.get() != null);
        assertThat(ran.get().getName()).isEqualTo("test-runner");
    }

    @Test
    void an_interrupted_thread_that_visits_leaves_it_to_the_runner() throws InterruptedException {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Turn turn = turn(() -> {
            ran.set(Thread.currentThread());
            return false;
        });
        Thread guest = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            turn.visit(TurnTest::nothing);
        });
        guest.join();
        Await.until("a run", () -> ran.get() != null);
        assertThat(ran.get().getName()).isEqualTo("test-runner");
    }

    @Test
    void the_runner_takes_over_from_a_guest_for_whom_the_work_does_not_end() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        AtomicReference<Thread> last = new AtomicReference<>();
        Turn turn = turn(() -> {
            last.set(Thread.currentThread());
            return runs.incrementAndGet() < 1_000;
        });
        Thread guest = Thread.ofVirtual().start(() -> turn.visit(TurnTest::nothing));
        assertThat(guest.join(Duration.ofSeconds(10))).isTrue();
        Await.until("a thousand runs", () -> runs.get() == 1_000);
        assertThat(last.get().getName()).isEqualTo("test-runner");
    }

    @Test
    void a_ring_during_a_run_is_seen_by_a_later_one() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch rung = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Turn turn = turn(() -> {
            if (runs.incrementAndGet() == 1) {
                inside.countDown();
                await(rung);
            }
            return false;
        });
        Thread guest = Thread.ofVirtual().start(() -> turn.visit(TurnTest::nothing));
        inside.await();
        turn.ring();
        rung.countDown();
        guest.join();
        Await.until("a second run", () -> runs.get() == 2);
    }

    @Test
    void a_ring_from_within_is_seen_too() {
        AtomicInteger runs = new AtomicInteger();
        AtomicReference<Turn> self = new AtomicReference<>();
        Turn turn = turn(() -> {
            if (runs.incrementAndGet() < 3) {
                self.get().ring();
            }
            return false;
        });
        self.set(turn);
        turn.ring();
        Await.until("three runs", () -> runs.get() == 3);
    }

    @Test
    void nobody_waits_for_the_turn() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Turn turn = turn(() -> {
            inside.countDown();
            await(end);
            return false;
        });
        Thread guest = Thread.ofVirtual().start(() -> turn.visit(TurnTest::nothing));
        inside.await();
        Thread other = Thread.ofVirtual().start(turn::ring);
        assertThat(other.join(Duration.ofSeconds(10))).isTrue();
        end.countDown();
        guest.join();
    }

    @Test
    void only_the_thread_within_a_run_owns_the_turn() throws InterruptedException {
        AtomicReference<Turn> self = new AtomicReference<>();
        AtomicBoolean mineInside = new AtomicBoolean();
        AtomicBoolean mineAfterwards = new AtomicBoolean();
        Turn turn = turn(() -> {
            mineInside.set(self.get().isMine());
            return false;
        });
        self.set(turn);
        Thread guest = Thread.ofVirtual().start(() -> {
            turn.visit(TurnTest::nothing);
            mineAfterwards.set(turn.isMine());
        });
        guest.join();
        assertThat(mineInside).isTrue();
        assertThat(mineAfterwards).isFalse();
        assertThat(turn.isMine()).isFalse();
    }

    @Test
    void the_last_guest_does_not_own_a_closed_turn() throws InterruptedException {
        AtomicBoolean mine = new AtomicBoolean();
        CountDownLatch ran = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Turn turn = turn(() -> false);
        Thread guest = Thread.ofVirtual().start(() -> {
            turn.visit(TurnTest::nothing);
            ran.countDown();
            await(closed);
            mine.set(turn.isMine());
        });
        ran.await();
        turn.close();
        closed.countDown();
        guest.join();
        assertThat(mine).isFalse();
    }

    @Test
    void after_the_close_nothing_runs() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Turn turn = turn(() -> {
            runs.incrementAndGet();
            return false;
        });
        turn.close();
        turn.ring();
        Thread guest = Thread.ofVirtual().start(() -> turn.visit(TurnTest::nothing));
        guest.join();
        assertThat(turn.awaitEnd(10_000)).isTrue();
        assertThat(runs).hasValue(0);
    }

    @Test
    void a_close_from_within_ends_work_that_has_no_end() throws InterruptedException {
        AtomicReference<Turn> self = new AtomicReference<>();
        AtomicInteger runs = new AtomicInteger();
        Turn turn = turn(() -> {
            if (runs.incrementAndGet() == 50) {
                self.get().close();
            }
            return true;
        });
        self.set(turn);
        turn.ring();
        assertThat(turn.awaitEnd(10_000)).isTrue();
        assertThat(runs).hasValue(50);
    }

    @Test
    void when_a_thread_is_left_behind_another_goes_on_and_the_guest_s_own_work_too() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch wentOn = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        AtomicReference<Thread> last = new AtomicReference<>();
        AtomicBoolean lost = new AtomicBoolean();
        AtomicBoolean mine = new AtomicBoolean();
        AtomicReference<Turn> self = new AtomicReference<>();
        Turn turn = turn(() -> {
            last.set(Thread.currentThread());
            if (runs.incrementAndGet() == 1 || runs.get() == 3) {
                inside.countDown();
                await(end);
                mine.set(mine.get() || self.get().isMine());
                throw new TurnLost(); // as the foreign call would, on its way out
            }
            return runs.get() == 2;
        });
        self.set(turn);
        Thread guest = Thread.ofVirtual().start(() -> {
            try {
                turn.visit(wentOn::countDown);
            } catch (TurnLost e) {
                lost.set(true);
            }
        });
        inside.await();
        turn.leaveBehind(() -> {});
        await(wentOn);
        Await.until("the runner is inside", () -> runs.get() == 3);
        assertThat(last.get().getName()).isEqualTo("test-runner");
        Thread runner = last.get();
        turn.leaveBehind(() -> {});
        Await.until("the next runner has run", () -> runs.get() == 4);
        assertThat(last.get()).isNotSameAs(runner).isNotSameAs(guest);
        end.countDown();
        guest.join();
        assertThat(runner.join(Duration.ofSeconds(10))).isTrue();
        assertThat(lost).isTrue();
        assertThat(mine).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
