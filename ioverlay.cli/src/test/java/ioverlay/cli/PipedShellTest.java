package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PipedShellTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ThreadIOImpl io = new ThreadIOImpl();

    @BeforeEach
    void start() {
        io.start();
    }

    @AfterEach
    void stop() {
        io.stop();
    }

    private Shell.End serve(String input) {
        return new PipedShell(
                        new CommandProcessorImpl(io),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .serve();
    }

    @Test
    void eachLineIsACommandWhoseResultIsPrinted() {
        assertThat(serve("'one' length\n'three' length\n")).isEqualTo(Shell.End.INPUT_ENDED);

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("3", "5");
    }

    @Test
    void aCommandThatFailsIsNamedAndTheNextFollows() {
        serve("nonsense\n'one' length\n");

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("nonsense: ");
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("3");
    }

    @Test
    void exitLeavesItBeforeTheInputEnds() {
        assertThat(serve("exit\n'one' length\n")).isEqualTo(Shell.End.LEFT);

        assertThat(out.size()).isZero();
    }

    /** A command that goes on until it is ended: as events -f does. */
    public static final class Endless {
        private final CountDownLatch begun = new CountDownLatch(1);

        /** Goes on. */
        public void follow() throws InterruptedException {
            begun.countDown();
            new CountDownLatch(1).await();
        }
    }

    @Test
    @Timeout(20)
    void aCommandThatIsEndedWithTheContainerSaysNothingOfIt() throws Exception {
        CommandProcessorImpl processor = new CommandProcessorImpl(io);
        Endless endless = new Endless();
        processor.addCommand("gogo", endless, "follow");
        PipedShell shell = new PipedShell(
                processor,
                new ByteArrayInputStream("follow\n'one' length\n".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        CompletableFuture<Shell.End> end = CompletableFuture.supplyAsync(shell::serve);
        assertThat(endless.begun.await(10, TimeUnit.SECONDS)).isTrue();

        processor.stop();

        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(Shell.End.CONTAINER_STOPS);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void anEmptyInputEndsItAtOnce() {
        assertThat(serve("")).isEqualTo(Shell.End.INPUT_ENDED);
    }
}
