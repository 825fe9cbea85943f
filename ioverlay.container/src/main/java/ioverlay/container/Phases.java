package ioverlay.container;

import ioverlay.api.container.SwapPhase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which phase a swap has reached, and how long each took.
 *
 * <p><b>Threads:</b> any.
 */
final class Phases {
    private final LongSupplier nanos;
    private final Map<SwapPhase, Duration> took = new EnumMap<>(SwapPhase.class);
    private SwapPhase present = SwapPhase.VERIFY;
    private long since;

    /** Starts with the first phase. */
    Phases(LongSupplier nanos) {
        this.nanos = nanos;
        since = nanos.getAsLong();
    }

    /** Leaves the present phase and enters the next. */
    synchronized void enter(SwapPhase next) {
        took();
        present = next;
        since = nanos.getAsLong();
    }

    /** The last one that was entered. */
    synchronized SwapPhase reached() {
        return present;
    }

    /** Each phase that was entered, the present one up to now. */
    synchronized Map<SwapPhase, Duration> took() {
        took.put(present, Duration.ofNanos(nanos.getAsLong() - since));
        return Map.copyOf(took);
    }
}
