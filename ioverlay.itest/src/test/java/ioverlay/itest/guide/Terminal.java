package ioverlay.itest.guide;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A program that is typed at, as a shell without a terminal reads it: line by line from its standard input. */
public final class Terminal implements AutoCloseable {
    private static final long TYPED_LIMIT_S = 60;
    private static final long END_LIMIT_S = 20;
    private static final long BETWEEN_MS = 20;

    private final Process program;
    private final Shell shell;
    private final String log;

    private Terminal(Process program, Shell shell, String log) {
        this.program = program;
        this.shell = shell;
        this.log = log;
    }

    /** Starts a program; what it says is also in the log of that name. */
    public static Terminal start(Shell shell, String commands, String log) throws IOException {
        return new Terminal(shell.start(commands, log), shell, log);
    }

    /** Types commands and returns all that was said to them. */
    public String type(String commands) throws IOException, InterruptedException {
        int before = said().length();
        String end = "end of what was typed at " + before;
        write(commands + "echo '" + end + "'\n");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TYPED_LIMIT_S);
        while (!said().contains(end)) {
            boolean over = program.waitFor(BETWEEN_MS, TimeUnit.MILLISECONDS);
            if (over || System.nanoTime() > deadline) {
                throw new AssertionError(
                        (over ? "the program ended" : "no answer within " + TYPED_LIMIT_S + " s") + ": " + said());
            }
        }
        return said().substring(before);
    }

    /** Types the command that ends the program; false if it does not. */
    public boolean end(String command) throws IOException, InterruptedException {
        write(command + "\n");
        return program.waitFor(END_LIMIT_S, TimeUnit.SECONDS);
    }

    private void write(String text) throws IOException {
        program.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        program.getOutputStream().flush();
    }

    /** All that the program has said. */
    public String said() throws IOException {
        return shell.log(log);
    }

    /** Ends it by force, if it still runs. */
    @Override
    public void close() {
        program.descendants().forEach(ProcessHandle::destroyForcibly);
        program.destroyForcibly();
    }
}
