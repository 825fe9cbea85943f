package ioverlay.container;

import ioverlay.engine.Node;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How much a slot sends, compared with what it has to.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class Rate {
    /** How long the old version is measured, and then the new one, again and again. */
    static final long WINDOW_MS = 1_000;

    private final Node node;
    private final int application;
    private final double part;
    private final double before;
    private final int windows;
    private final long sinceNs = System.nanoTime();
    private final long bytes;

    private Rate(Node node, int application, double part, double before, int windows) {
        this.node = node;
        this.application = application;
        this.part = part;
        this.before = before;
        this.windows = windows;
        this.bytes = node.sentBytes(application);
    }

    /**
     * Measures what a slot sends, for {@value #WINDOW_MS} ms if anything is asked for.
     *
     * @param part of that which is asked for; 0 asks for nothing and measures nothing
     * @throws InterruptedException if it is interrupted meanwhile
     */
    static Rate measure(Node node, int application, double part) throws InterruptedException {
        if (part == 0) {
            return new Rate(node, application, 0, 0, 0);
        }
        Rate measuring = new Rate(node, application, part, 0, 0);
        TimeUnit.MILLISECONDS.sleep(WINDOW_MS);
        return new Rate(node, application, part, measuring.bytesPerSecond(), 0);
    }

    private double bytesPerSecond() {
        return (node.sentBytes(application) - bytes) / ((System.nanoTime() - sinceNs) / 1e9);
    }

    boolean asksForSome() {
        return part > 0 && before > 0;
    }

    /** Begins another window. */
    Rate next() {
        return new Rate(node, application, part, before, windows + 1);
    }

    /** What to say if the window that ends now had too little. */
    Optional<String> tooLow(String who) {
        double now = bytesPerSecond();
        return now >= part * before
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "in second %d of its probation %s sent %.0f bytes/s, less than the %.0f %% that are asked for of the"
                                + " %.0f bytes/s before",
                        windows,
                        who,
                        now,
                        100 * part,
                        before));
    }
}
