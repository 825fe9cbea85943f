package ioverlay.bench.coding;

import ioverlay.algo.coding.field.Kernel;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** k blocks, and another that they are added to. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by prepare
public class Blocks extends Parameters {
    private static final int MOST = 256;

    private Kernel adding;
    private MemorySegment[] from;
    private MemorySegment into;

    /** Fills them. */
    @Setup
    public void prepare() {
        adding = kernel();
        from = regions(k, bytes);
        into = regions(1, bytes)[0];
        settle(this::addAll);
    }

    MemorySegment addAll() {
        for (int i = 0; i < from.length; i++) {
            adding.add(into, 2 + i % (MOST - 2), from[i]); // neither 0 nor 1, which are not work
        }
        return into;
    }
}
