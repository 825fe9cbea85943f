package ioverlay.bench.coding;

import ioverlay.algo.coding.codec.Recoder;
import ioverlay.algo.coding.codec.Shape;
import ioverlay.algo.coding.field.Kernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What all turns have in common. JMH sets the fields. All memory is outside the heap, as the engine's messages are. */
@State(Scope.Thread)
public abstract class Parameters {
    private static final long SEED = 20_041;
    private static final long WINDOW_NS = 20_000_000;
    private static final long MOST_SETTLING_NS = 6_000_000_000L;

    /** On a busy machine a first compilation may be a second away, with nothing faster until then. */
    private static final long FIRST_SETTLING_NS = 3_000_000_000L;

    private static final AtomicBoolean HAS_SETTLED = new AtomicBoolean();
    private static final int ENOUGH = 8;
    private static final double FASTER = 0.95;

    /** Blocks of a generation. */
    @Param("16")
    public int k;

    /** Of a block. */
    @Param("5120")
    public int bytes;

    /** The kernel's name. */
    @Param("scalar")
    @SuppressWarnings("NullAway.Init") // by JMH
    public String kernel;

    final SplittableRandom random = new SplittableRandom(SEED);

    final Shape shape() {
        return new Shape(k, bytes);
    }

    /** The one that was asked for. */
    final Kernel kernel() {
        return kernel.equals(Kernel.scalar().name()) ? Kernel.scalar() : Kernel.fastest();
    }

    /** Regions with random content. */
    final MemorySegment[] regions(int count, int size) {
        MemorySegment[] regions = new MemorySegment[count];
        for (int i = 0; i < count; i++) {
            regions[i] = Arena.ofAuto().allocate(size);
            fill(regions[i]);
        }
        return regions;
    }

    /**
     * k combinations of a generation, dense: none of the blocks in clear. Any bytes are combinations of some blocks, as long
     * as their coefficients are independent.
     *
     * @param recoder gets them too
     */
    final MemorySegment[] combinations(Recoder recoder) {
        MemorySegment[] drawn = regions(k, shape().vectorBytes());
        for (MemorySegment one : drawn) {
            while (!recoder.add(one)) {
                fill(one);
            }
        }
        return drawn;
    }

    /**
     * Takes turns until they do not become faster any more: until the compiler has seen them often enough, those with
     * vectors are a thousand times slower, and how long it needs depends on what else the machine does.
     */
    final void settle(Runnable turn) {
        long start = System.nanoTime();
        boolean isNew = kernel() != Kernel.scalar() && HAS_SETTLED.compareAndSet(false, true);
        long leastNs = isNew ? FIRST_SETTLING_NS : 0;
        double best = Double.MAX_VALUE;
        for (int without = 0;
                (without < ENOUGH || System.nanoTime() - start < leastNs)
                        && System.nanoTime() - start < MOST_SETTLING_NS;
                without++) {
            double nsPerTurn = window(turn);
            if (nsPerTurn < best * FASTER) {
                without = 0;
            }
            best = Math.min(best, nsPerTurn);
        }
    }

    private static double window(Runnable turn) {
        long start = System.nanoTime();
        long now = start;
        int turns = 0;
        for (; now - start < WINDOW_NS; now = System.nanoTime()) {
            turn.run();
            turns++;
        }
        return (double) (now - start) / turns;
    }

    final void fill(MemorySegment region) {
        byte[] content = new byte[(int) region.byteSize()];
        random.nextBytes(content);
        MemorySegment.copy(content, 0, region, ValueLayout.JAVA_BYTE, 0, content.length);
    }
}
