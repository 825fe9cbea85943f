package ioverlay.shell;

import java.io.PrintStream;

/**
 * How far a long command is: one line that is drawn over on a terminal, and nothing elsewhere.
 *
 * <p><b>Threads:</b> any.
 */
final class Progress implements AutoCloseable {
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final Look look;
    private boolean shown;

    private Progress(PrintStream out, Look look) {
        this.out = out;
        this.look = look;
    }

    static Progress at(Here here) {
        return new Progress(here.out(), here.look());
    }

    /** Shows this instead of what was shown. */
    synchronized void show(String text) {
        if (look.live()) {
            out.print(CLEAR + Tone.FAINT.of(new Cell(text, Tone.PLAIN).in(look.columns() - 1, false, look), look));
            out.flush();
            shown = true;
        }
    }

    /** Leaves the line clean. */
    @Override
    public synchronized void close() {
        if (shown) {
            out.print(CLEAR);
            out.flush();
            shown = false;
        }
    }
}
