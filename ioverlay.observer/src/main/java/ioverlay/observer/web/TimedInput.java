package ioverlay.observer.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;

/** A body that ends in a {@link Problem} when it is too long, takes too long or breaks off. */
final class TimedInput extends InputStream {
    private final InputStream in;
    private final Deadlines deadlines;
    private final long most;
    private final long endNs;
    private long taken;

    TimedInput(InputStream in, Deadlines deadlines, long most, long limitMs) {
        this.in = in;
        this.deadlines = deadlines;
        this.most = most;
        this.endNs = System.nanoTime() + limitMs * 1_000_000;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        long leftMs = (endNs - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
            throw slow();
        }
        try (Deadlines.Deadline deadline = deadlines.in(leftMs)) {
            int read;
            try {
                read = in.read(into, from, length);
            } catch (IOException | RuntimeException e) {
                // The server's words for the same: its own limit was shorter, who sends has gone, or what came is not
                // as HTTP
                // has it.
                throw deadline.passed() || e.getCause() instanceof TimeoutException ? slow() : broken();
            }
            taken += Math.max(0, read);
            if (taken > most) {
                throw tooLong(most);
            }
            return read;
        }
    }

    private Problem broken() {
        return new Problem(400, "the body broke off or is not as HTTP has it: " + taken + " bytes of it were here");
    }

    static Problem tooLong(long most) {
        return new Problem(413, "the body may have at most " + most + " bytes");
    }

    private Problem slow() {
        return new Problem(408, "the body came too slowly: " + taken + " bytes were here when its time was up");
    }
}
