package ioverlay.bench.coding;

import ioverlay.algo.coding.codec.Decoder;
import ioverlay.algo.coding.codec.Recoder;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A generation on its way to a receiver. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by prepare
public class Arrivals extends Parameters {
    private MemorySegment[] combinations;
    private Decoder decoder;

    /** Draws it. */
    @Setup
    public void prepare() {
        combinations = combinations(new Recoder(shape(), kernel()));
        decoder = new Decoder(shape(), kernel());
        settle(this::decode);
    }

    boolean decode() {
        decoder.clear();
        for (MemorySegment combination : combinations) {
            decoder.add(combination);
        }
        return decoder.isComplete();
    }
}
