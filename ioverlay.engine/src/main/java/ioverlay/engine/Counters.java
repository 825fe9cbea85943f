package ioverlay.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of a node; nothing here is touched per message of normal traffic.
 *
 * <p><b>Threads:</b> any.
 */
final class Counters {
    private final Map<Count, LongAdder> values = new EnumMap<>(Count.class);

    Counters() {
        for (Count what : Count.values()) {
            values.put(what, new LongAdder());
        }
    }

    void add(Count what) {
        add(what, 1);
    }

    void add(Count what, long howMany) {
        adder(what).add(howMany);
    }

    long sum(Count what) {
        return adder(what).sum();
    }

    private LongAdder adder(Count what) {
        return Objects.requireNonNull(values.get(what));
    }

    Map<String, Long> byName() {
        Map<String, Long> all = new TreeMap<>();
        for (Count what : Count.values()) {
            all.put(what.label(), sum(what));
        }
        return all;
    }
}
