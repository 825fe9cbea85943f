package ioverlay.bench.emulation;

import java.util.Collection;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Waiting for traffic, and not for ever. */
final class Waits {
    private static final long LOOK_MS = 10;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private Waits() {}

    /**
     * Until something has arrived everywhere, and then for a time; what has not begun after 10 s is not waited for.
     *
     * @return when the last of them began
     */
    static long afterFirst(Collection<Gauge> gauges, long thenNs) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE_NS;
        OptionalLong begun = begun(gauges);
        while (begun.isEmpty() && System.nanoTime() - giveUp < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            begun = begun(gauges);
        }
        long from = begun.orElse(System.nanoTime());
        TimeUnit.NANOSECONDS.sleep(from + thenNs - System.nanoTime());
        return from;
    }

    private static OptionalLong begun(Collection<Gauge> gauges) {
        return gauges.stream().allMatch(gauge -> gauge.firstNs().isPresent())
                ? gauges.stream()
                        .mapToLong(gauge -> gauge.firstNs().getAsLong())
                        .max()
                : OptionalLong.empty();
    }
}
