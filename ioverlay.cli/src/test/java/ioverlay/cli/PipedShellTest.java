package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void anEmptyInputEndsItAtOnce() {
        assertThat(serve("")).isEqualTo(Shell.End.INPUT_ENDED);
    }
}
