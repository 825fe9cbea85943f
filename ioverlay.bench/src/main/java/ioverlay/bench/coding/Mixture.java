package ioverlay.bench.coding;

import ioverlay.algo.coding.codec.Recoder;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A generation at a node in between. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by prepare
public class Mixture extends Parameters {
    private Recoder recoder;
    private MemorySegment vector;

    /** Fills it. */
    @Setup
    public void prepare() {
        recoder = new Recoder(shape(), kernel());
        combinations(recoder);
        vector = regions(1, shape().vectorBytes())[0];
        settle(this::combine);
    }

    MemorySegment combine() {
        recoder.combine(random, vector);
        return vector;
    }
}
