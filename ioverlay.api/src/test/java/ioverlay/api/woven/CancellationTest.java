package ioverlay.api.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.invoke.WrongMethodTypeException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancellationTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final LookingCode code = new LookingCode();

    /** A thread in code that never ends by itself, and what it ended with. */
    private static final class Spinning {
        private final AtomicReference<Throwable> end = new AtomicReference<>();
        private final CountDownLatch runs = new CountDownLatch(1);
        private final Thread thread;

        Spinning(Thread.Builder builder, LookingCode code) throws InterruptedException {
            Runnable spins = code.spins();
            thread = builder.uncaughtExceptionHandler((ended, thrown) -> end.set(thrown))
                    .start(() -> {
                        runs.countDown();
                        spins.run();
                    });
            assertThat(runs.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            // Long enough for a loop to be compiled: that it ends then too is the point.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }

        void cancel(LookingCode code) throws InterruptedException {
            try (Cancellation cancellation = Cancellation.begin(thread, code)) {
                assertThat(cancellation).isNotNull();
                assertThat(thread.join(LIMIT)).isTrue();
            }
            assertThat(end.get()).isInstanceOf(TurnCancelled.class);
        }
    }

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {true, false})
    void a_loop_without_end_ends(boolean virtual) throws InterruptedException {
        new Spinning(virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon(), code).cancel(code);
    }

    @Test
    void who_catches_it_meets_it_again() {
        Runnable looks = code.looks();
        looks.run();
        try (Cancellation cancellation = Cancellation.begin(Thread.currentThread(), code)) {
            assertThat(cancellation).isNotNull();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(looks::run).isInstanceOf(TurnCancelled.class);
            }
        }
        assertThatCode(looks::run).doesNotThrowAnyException();
    }

    @Test
    void code_that_looks_for_the_first_time_while_it_is_cancelled_is_ended_too() {
        Cancellation cancellation = Cancellation.begin(Thread.currentThread(), code);
        try (cancellation) {
            assertThatThrownBy(code.looks()::run).isInstanceOf(TurnCancelled.class);
        }
    }

    @Test
    void other_threads_in_the_same_code_go_on() throws InterruptedException {
        Spinning one = new Spinning(Thread.ofPlatform().daemon(), code);
        Spinning other = new Spinning(Thread.ofPlatform().daemon(), code);

        one.cancel(code);

        assertThat(other.thread.isAlive()).isTrue();
        assertThat(CompletableFuture.runAsync(code.looks())).succeedsWithin(LIMIT);
        other.cancel(code);
    }

    @Test
    void code_of_another_loader_goes_on_in_the_same_thread() {
        try (Cancellation cancellation = Cancellation.begin(Thread.currentThread(), code)) {
            assertThat(cancellation).isNotNull();
            assertThatCode(new LookingCode().looks()::run).doesNotThrowAnyException();
        }
    }

    @Test
    void two_at_once_end_each_for_itself_and_closing_twice_closes_one() {
        Runnable looks = code.looks();
        Cancellation first = Cancellation.begin(Thread.currentThread(), code);
        Cancellation second = Cancellation.begin(Thread.currentThread(), code);

        first.close();
        first.close();
        assertThatThrownBy(looks::run).isInstanceOf(TurnCancelled.class);

        second.close();
        assertThatCode(looks::run).doesNotThrowAnyException();
    }

    @Test
    void looking_costs_nothing_again_afterwards() {
        MutableCallSite site = (MutableCallSite) Ward.of(code).site();
        Object nothing = site.getTarget();

        Cancellation.begin(Thread.currentThread(), code).close();

        assertThat(site.getTarget()).isSameAs(nothing);
    }

    @Test
    void the_loader_goes_after_it_even_if_nobody_closed() throws InterruptedException {
        WeakReference<ClassLoader> loader = new WeakReference<>(spinAndLeave());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (loader.get() != null && System.nanoTime() < deadline) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(loader.get()).isNull();
    }

    private static ClassLoader spinAndLeave() throws InterruptedException {
        LookingCode leaving = new LookingCode();
        new Spinning(Thread.ofVirtual(), leaving).cancel(leaving);
        Cancellation open = Cancellation.begin(Thread.currentThread(), leaving);
        assertThatThrownBy(leaving.looks()::run).isInstanceOf(TurnCancelled.class);
        assertThat(open).isNotNull();
        return leaving;
    }

    @Test
    void a_look_takes_and_gives_nothing() {
        assertThatThrownBy(() ->
                        Cancellation.site(MethodHandles.lookup(), "look", MethodType.methodType(void.class, int.class)))
                .isInstanceOf(WrongMethodTypeException.class)
                .hasMessageContaining("(int)void");
    }
}
