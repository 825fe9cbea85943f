package ioverlay.shell;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;

/** A Gogo without a framework that has the commands, for tests. */
final class Typing implements AutoCloseable {
    private static final long PATIENCE_NS = 5_000_000_000L;

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final CommandSession session;

    private final ThreadIOImpl io = new ThreadIOImpl();
    private final CommandProcessorImpl processor;
    private final Script script;
    private boolean stopped;

    Typing(FakeContainer container) {
        io.start();
        processor = new CommandProcessorImpl(io);
        processor.addConverter(new Formatter());
        for (Verb verb : Commands.verbs(container.container(), () -> stopped = true)) {
            processor.addCommand(Verb.SCOPE, verb, verb.name());
        }
        processor.addCommand("gogo", new Tools(processor), "grep");
        session = processor.createSession(InputStream.nullInputStream(), print(out), print(err));
        script = new Script(session, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Types it; gives what was shown since. */
    String type(String text) {
        out.reset();
        err.reset();
        script.run(text);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Types what fails; gives what it says. */
    String typeWrong(String text) {
        type(text);
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    boolean hasStopped() {
        return stopped;
    }

    @Override
    public void close() {
        session.close();
        long start = System.nanoTime();
        while (isBusy() && System.nanoTime() - start < PATIENCE_NS) {
            Thread.onSpinWait(); // a command that ends later would put its streams in the place of the system's again
        }
        processor.stop();
        io.stop();
    }

    /** Whether Gogo still runs an interrupted command: its threads are named like this as long as they do. */
    private static boolean isBusy() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("pipe-"));
    }
}
