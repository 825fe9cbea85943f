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
        long answers = answered.sum(); // first: none is counted before its question
        return new FleetCounts(bytesIn.sum(), bytesOut.sum(), asked.sum(), answers, late.sum(), refused.sum(), dropped);
    }
}
