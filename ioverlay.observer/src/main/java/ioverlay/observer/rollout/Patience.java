package ioverlay.observer.rollout;

/**
 * How long a rollout only waits for nodes that are lost, or goes back. It does not run while there is no observer; who begins
 * anew goes on where the one before was, and gives nodes at least the time to be there again.
 */
final class Patience {
    /** By the wall clock, to be shown; 0 while it waits for nothing. */
    private long sinceEpochMs;

    private long fromMs;

    /** It waits, from now on. */
    void begin(long nowMs, long nowEpochMs) {
        fromMs = nowMs;
        sinceEpochMs = nowEpochMs;
    }

    /** It waits no more. */
    void end() {
        sinceEpochMs = 0;
    }

    boolean isWaiting() {
        return sinceEpochMs != 0;
    }

    /** How long it has waited. */
    long waitedMs(long nowMs) {
        return isWaiting() ? nowMs - fromMs : 0;
    }

    /** Since when, by the wall clock; 0 if it does not. */
    long sinceEpochMs() {
        return sinceEpochMs;
    }

    /** Goes on with what was written down: since when, and how long of that there was an observer. */
    void resume(long nowMs, long writtenSinceEpochMs, long writtenWaitedMs) {
        sinceEpochMs = writtenSinceEpochMs;
        fromMs = nowMs - Math.clamp(writtenWaitedMs, 0, Limits.COMEBACK_MS - 2 * Limits.LOST_MS);
    }
}
