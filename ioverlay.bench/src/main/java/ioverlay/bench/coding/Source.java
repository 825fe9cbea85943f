package ioverlay.bench.coding;

import ioverlay.algo.coding.codec.Checksum;
import ioverlay.algo.coding.codec.Encoder;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A generation at its source. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by prepare
public class Source extends Parameters {
    private Encoder encoder;
    private MemorySegment vector;

    /** Fills it. */
    @Setup
    public void prepare() {
        encoder = new Encoder(shape(), new Checksum(shape(), 1, 1, kernel()), kernel());
        for (MemorySegment block : regions(k, bytes)) {
            encoder.add(block);
        }
        vector = regions(1, shape().vectorBytes())[0];
        settle(this::combine);
    }

    MemorySegment combine() {
        encoder.combine(random, vector);
        return vector;
    }
}
