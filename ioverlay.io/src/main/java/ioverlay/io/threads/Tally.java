package ioverlay.io.threads;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A count that one thread writes and others read for the status: no atomic addition is needed, and nobody may decide by
 * it whether to sleep, since it is written without a fence.
 *
 * <p><b>Threads:</b> {@link #add} from one at a time, {@link #get} from any.
 */
public final class Tally {
    private final AtomicLong value = new AtomicLong();

    /** So many more. */
    public void add(long more) {
        value.setRelease(value.getPlain() + more);
    }

    /** All so far. */
    public long get() {
        return value.get();
    }
}
