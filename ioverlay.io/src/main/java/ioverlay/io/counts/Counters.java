package ioverlay.io.counts;

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
public final class Counters {
    private final Map<Count, LongAdder> values = new EnumMap<>(Count.class);

    public Counters() {
        for (Count what : Count.values()) {
            values.put(what, new LongAdder());
        }
    }

    public void add(Count what) {
        add(what, 1);
    }

    public void add(Count what, long howMany) {
        adder(what).add(howMany);
    }

    public long sum(Count what) {
        return adder(what).sum();
    }

    private LongAdder adder(Count what) {
        return Objects.requireNonNull(values.get(what));
    }

    public Map<String, Long> byName() {
        Map<String, Long> all = new TreeMap<>();
        for (Count what : Count.values()) {
            all.put(what.label(), sum(what));
        }
        return all;
    }
}
