package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CommandThreadTest {
    private final CommandThread command = new CommandThread();

    @Test
    void aRunningCommandIsInterruptedAndItsEndAwaited() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> answer = executor.submit(() -> command.run(() -> {
                begun.countDown();
                Standstill.untilInterrupted();
                return 7;
            }));
            begun.await();

            assertThat(command.end(TimeUnit.SECONDS.toMillis(10))).isTrue();
            assertThat(answer.get()).isEqualTo(7);
        }
    }

    @Test
    void theInterruptDoesNotOutliveTheCommand() throws Exception {
        int answer = command.run(() -> {
            Thread.currentThread().interrupt();
            return 3;
        });

        assertThat(answer).isEqualTo(3);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCommandThatIsOverIsLeftAlone() throws Exception {
        command.run(() -> 0);

        assertThat(command.end(0)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
