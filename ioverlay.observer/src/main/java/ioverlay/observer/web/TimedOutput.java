package ioverlay.observer.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What is written to a client, which may take each piece only so long: who does not read loses the connection. */
final class TimedOutput extends OutputStream {
    private final OutputStream out;
    private final Deadlines deadlines;
    private final long limitMs;
    private final Optional<BooleanSupplier> hangUp;

    /**
     * Writes there.
     *
     * @param hangUp makes a piece that is under way fail, if the server tells how; one whose thread is interrupted stays with
     *     the server, which complains of it when the connection is closed
     */
    TimedOutput(OutputStream out, Deadlines deadlines, long limitMs, Optional<BooleanSupplier> hangUp) {
        this.hangUp = hangUp;
        this.out = out;
        this.deadlines = deadlines;
        this.limitMs = limitMs;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        within(() -> out.write(bytes, from, length));
    }

    @Override
    public void flush() throws IOException {
        within(out::flush);
    }

    private void within(Piece piece) throws IOException {
        Deadlines.Deadline deadline =
                hangUp.map(end -> deadlines.in(limitMs, end)).orElseGet(() -> deadlines.in(limitMs));
        try {
            piece.write();
        } finally {
            deadline.close();
        }
    }

    /** A part of an answer. */
    @FunctionalInterface
    private interface Piece {
        void write() throws IOException;
    }
}
