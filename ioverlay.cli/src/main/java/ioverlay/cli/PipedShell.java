package ioverlay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Set;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/** The Felix shell without a terminal: each line of the input is a command, and the end of the input is the end. */
final class PipedShell implements Shell {
    private static final Set<String> LEAVE = Set.of("exit", "quit");

    private final CommandProcessor processor;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /** Written by the reader before it ends, read by the one that joins it. */
    private End end = End.INPUT_ENDED;

    PipedShell(CommandProcessor processor, InputStream in, PrintStream out, PrintStream err) {
        this.processor = processor;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public End serve() {
        // Reading standard input cannot be interrupted: it gets a thread that the end of the JVM need not wait for.
        Thread reader = Thread.ofPlatform().daemon().name("overlay-shell-input").start(this::readAll);
        try {
            reader.join();
            return end;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return End.CONTAINER_STOPS;
        }
    }

    private void readAll() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        // The session gets no input of its own: the lines are the commands.
        try (CommandSession session = processor.createSession(InputStream.nullInputStream(), out, err)) {
            session.put("SCOPE", "overlay:gogo:*"); // as the profile of a shell at a terminal has it
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (LEAVE.contains(line.strip())) {
                    end = End.LEFT;
                    return;
                }
                if (!execute(session, line)) {
                    end = End.CONTAINER_STOPS;
                    return;
                }
            }
        } catch (IOException e) {
            err.println("The shell's input cannot be read on: " + Reason.of(e));
        }
    }

    /** False if it was ended, and not by itself: the shell stops, as when its container does. */
    private boolean execute(CommandSession session, String line) {
        if (line.isBlank()) {
            return true;
        }
        try {
            Object result = session.execute(line);
            if (result != null) {
                out.println(session.format(result, Converter.INSPECT));
            }
        } catch (InterruptedException e) {
            return false;
        } catch (Exception e) {
            // Boundary of a command: what it throws is its answer; the next line follows.
            err.println(line.strip() + ": " + Reason.text(e));
        }
        return true;
    }
}
