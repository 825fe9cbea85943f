package ioverlay.traffic.meter;

/**
 * The rate of two counters that only grow, over a {@link Window}. A meter that is younger than the window's readings
 * counted nothing before.
 *
 * <p><b>Threads:</b> that of the window.
 */
public final class Meter {
    private final long[] bytes = new long[Window.READINGS];
    private final long[] messages = new long[Window.READINGS];

    /** Nothing was counted yet. */
    public Meter() {}

    /**
     * The counters at the window's latest reading; called at each.
     *
     * @return whether they grew within the window
     */
    public boolean read(Window window, long bytesSoFar, long messagesSoFar) {
        bytes[window.latest()] = bytesSoFar;
        messages[window.latest()] = messagesSoFar;
        return bytesSoFar != bytes[window.oldest()];
    }

    /** What moved per second. */
    public Rate rate(Window window) {
        double seconds = window.seconds();
        if (seconds <= 0) {
            return Rate.NONE;
        }
        int to = window.latest();
        int from = window.oldest();
        return new Rate((bytes[to] - bytes[from]) / seconds, (messages[to] - messages[from]) / seconds);
    }
}
