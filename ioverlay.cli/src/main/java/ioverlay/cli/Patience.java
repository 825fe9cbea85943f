package ioverlay.cli;

import java.time.Duration;

/** Notices that a transfer has stopped moving. */
final class Patience {
    /** How long nothing may move. Longer than the demo ever waits between two parts of a file. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Ticker ticker;
    private long progress = -1;
    private long movedAt;

    Patience(Ticker ticker) {
        this.ticker = ticker;
        this.movedAt = ticker.now();
    }

    /**
     * Takes note of the moment.
     *
     * @throws FailedException if nothing has moved for {@link #LIMIT}; the sentence names the node that waits
     */
    void look(Moment moment) {
        if (moment.progress() != progress) {
            progress = moment.progress();
            movedAt = ticker.now();
        } else if (ticker.now() - movedAt > LIMIT.toNanos()) {
            throw new FailedException("nothing has moved for " + LIMIT.toSeconds() + " s: " + moment.waiting()
                    + " waits with " + Units.bytes(moment.leastBytes()) + " of the file");
        }
    }
}
