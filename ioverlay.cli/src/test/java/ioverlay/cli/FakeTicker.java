package ioverlay.cli;

import java.time.Duration;

/** Time that passes only where somebody lets it. */
final class FakeTicker implements Ticker {
    private long now;

    @Override
    public long now() {
        return now;
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        now += time.toNanos();
    }
}
