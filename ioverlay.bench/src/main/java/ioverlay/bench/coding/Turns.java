package ioverlay.bench.coding;

import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;

/** What JMH measures: one turn each, named as in {@link What}. */
public class Turns {
    /** k blocks are multiplied and added to another, one at a time. */
    @Benchmark
    public MemorySegment mad(Blocks blocks) {
        return blocks.addAll();
    }

    /** A combination of k blocks. */
    @Benchmark
    public MemorySegment encode(Source source) {
        return source.combine();
    }

    /** A combination of k combinations. */
    @Benchmark
    public MemorySegment recode(Mixture mixture) {
        return mixture.combine();
    }

    /** k combinations become blocks. */
    @Benchmark
    public boolean decode(Arrivals arrivals) {
        return arrivals.decode();
    }
}
