package ioverlay.io.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.io.threads.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimersTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SLACK_NS = 100 * MS; // the machine may be busy when the time is taken

    private final Clock clock = new Clock();
    private final ExecutorService turn = Executors.newSingleThreadExecutor();
    private final long startNs = System.nanoTime();
    private final Queue<Fired> fired = new ConcurrentLinkedQueue<>();
    private final Timers timers = new Timers(this::elapsedNs, turn::execute, clock, this::due);

    private record Fired(int id, int missed, long atNs) {}

    private void due(int id, int missed) {
        fired.add(new Fired(id, missed, elapsedNs()));
    }

    @AfterEach
    void close() {
        clock.close();
        turn.shutdownNow();
    }

    private long elapsedNs() {
        return System.nanoTime() - startNs;
    }

    /** Does it in the turn and waits. */
    private <T> T ask(Callable<T> work) {
        try {
            return turn.submit(work).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private long set(int id, long delayNs, long periodNs) {
        return ask(() -> {
            long now = elapsedNs();
            assertThat(timers.set(id, delayNs, periodNs)).isTrue();
            return now;
        });
    }

    private void delivered(int id) {
        ask(() -> {
            timers.delivered(id);
            return true;
        });
    }

    private int count() {
        return ask(timers::count);
    }

    @Test
    void is_due_after_its_delay_and_not_before() {
        long setAt = set(1, 30 * MS, 0);
        Await.until("the timer", () -> !fired.isEmpty());
        assertThat(fired.element().id()).isEqualTo(1);
        assertThat(fired.element().missed()).isZero();
        assertThat(fired.element().atNs() - setAt).isGreaterThanOrEqualTo(30 * MS);
    }

    @Test
    void one_without_a_period_is_gone_when_it_was_delivered() {
        set(1, 0, 0);
        Await.until("the timer", () -> !fired.isEmpty());
        assertThat(count()).isOne();
        delivered(1);
        assertThat(count()).isZero();
    }

    @Test
    void one_with_a_period_comes_again_only_after_it_was_delivered() {
        set(1, MS, MS);
        Await.until("the timer", () -> fired.size() == 1);
        Await.passes(Duration.ofMillis(20));
        assertThat(fired).hasSize(1);
        delivered(1);
        Await.until("it comes again", () -> fired.size() == 2);
    }

    @Test
    void missed_periods_are_counted_and_the_beat_is_kept() {
        long setAt = set(1, 5 * MS, 5 * MS);
        Await.until("the timer", () -> fired.size() == 1);
        Await.passes(Duration.ofMillis(60));
        delivered(1);
        Await.until("it comes again", () -> fired.size() == 2);
        List<Fired> both = new ArrayList<>(fired);
        assertThat(both.get(1).missed()).isGreaterThanOrEqualTo(10);
        long periods = 1L + both.get(0).missed() + 1 + both.get(1).missed();
        assertThat(both.get(1).atNs() - setAt).isBetween(periods * 5 * MS, (periods + 1) * 5 * MS + SLACK_NS);
    }

    @Test
    void a_cancelled_one_never_comes() {
        ask(() -> {
            timers.set(1, 0, 0); // due at once: its event is posted before the cancellation, and found void after it
            timers.cancel(1);
            return true;
        });
        set(2, 20 * MS, 0);
        Await.until("the other timer", () -> !fired.isEmpty());
        assertThat(fired).extracting(Fired::id).containsExactly(2);
        assertThat(count()).isOne();
    }

    @Test
    void one_set_again_replaces_the_old_one() {
        long setAt = ask(() -> {
            long now = elapsedNs();
            timers.set(1, 0, 0);
            timers.set(1, 50 * MS, 0);
            return now;
        });
        Await.until("the timer", () -> !fired.isEmpty());
        assertThat(fired.element().atNs() - setAt).isGreaterThanOrEqualTo(50 * MS);
        assertThat(fired).hasSize(1);
        assertThat(count()).isOne();
    }

    @Test
    void one_set_anew_while_it_is_handled_comes_again_however_soon_it_is_due() {
        for (int round = 1; round <= 50; round++) {
            int rounds = round;
            set(1, 0, 0);
            Await.until("round " + round, () -> fired.size() == 2 * rounds - 1);
            ask(() -> {
                timers.set(1, 0, 0);
                Await.passes(Duration.ofMillis(2)); // so that the clock has long called it due
                timers.delivered(1);
                return true;
            });
            Await.until("the second of round " + round, () -> fired.size() == 2 * rounds);
            delivered(1);
        }
    }

    @Test
    void timers_come_in_the_order_in_which_they_are_due() {
        set(1, 500 * MS, 0);
        set(2, 100 * MS, 0);
        set(3, 300 * MS, 0);
        Await.until("all three", () -> fired.size() == 3);
        assertThat(fired).extracting(Fired::id).containsExactly(2, 3, 1);
    }

    @Test
    void too_many_are_refused() {
        boolean[] last = new boolean[2];
        ask(() -> {
            for (int id = 0; id < Timers.MAX_TIMERS; id++) {
                last[0] = timers.set(id, Long.MAX_VALUE >> 8, 0);
            }
            last[1] = timers.set(-1, 0, 0);
            return true;
        });
        assertThat(last).containsExactly(true, false);
        assertThat(count()).isEqualTo(Timers.MAX_TIMERS);
    }

    @Test
    void when_all_are_cleared_none_comes() {
        set(1, 200 * MS, 0);
        set(2, 200 * MS, 10 * MS);
        ask(() -> {
            timers.clear();
            return true;
        });
        Await.passes(Duration.ofMillis(250));
        assertThat(fired).isEmpty();
        assertThat(count()).isZero();
    }
}
