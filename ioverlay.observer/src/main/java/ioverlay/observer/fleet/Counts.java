package ioverlay.observer.fleet;

import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted of all lines together, since the observer opened.
 *
 * <p><b>Threads:</b> any.
 */
final class Counts {
    final LongAdder asked = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();

    /** As it is now. */
    FleetCounts now(long dropped) {
        return new FleetCounts(
                bytesIn.sum(), bytesOut.sum(), asked.sum(), answered.sum(), late.sum(), refused.sum(), dropped);
    }
}
