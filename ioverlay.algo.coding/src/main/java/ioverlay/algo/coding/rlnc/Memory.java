package ioverlay.algo.coding.rlnc;

import ioverlay.algo.coding.codec.Checksum;
import ioverlay.algo.coding.codec.Decoder;
import ioverlay.algo.coding.codec.Recoder;
import ioverlay.algo.coding.codec.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Makes generations of one stream, in memory that is used again: fresh pages cost more than decoding does. */
final class Memory {
    private static final int MOST_SPARE = 8;

    private final Shape shape;
    private final long key;
    private final RlncSettings settings;
    private final boolean decodes;
    private final Deque<Recoder> recoders = new ArrayDeque<>();
    private final Deque<Decoder> decoders = new ArrayDeque<>();

    Memory(Shape shape, long session, RlncSettings settings, boolean decodes) {
        this.shape = shape;
        key = session ^ settings.key() * 0x9e3779b97f4a7c15L;
        this.settings = settings;
        this.decodes = decodes;
    }

    Shape shape() {
        return shape;
    }

    /** How many generations there may be at a time. */
    int room() {
        return (int) Math.min(Report.MOST, settings.memoryBytes() / Generation.bytes(shape));
    }

    /** The checksum of a generation that is not there. */
    Checksum checksum(int number) {
        return new Checksum(shape, key, number, settings.kernel());
    }

    Generation take(int number) {
        Recoder recoder = recoders.isEmpty() ? new Recoder(shape, settings.kernel()) : recoders.removeLast();
        Optional<Decoder> decoder = Optional.empty();
        if (decodes) {
            decoder = Optional.of(decoders.isEmpty() ? new Decoder(shape, settings.kernel()) : decoders.removeLast());
        }
        return new Generation(number, shape, checksum(number), recoder, decoder);
    }

    void giveBack(Generation generation) {
        if (recoders.size() < MOST_SPARE) {
            generation.recoder().clear();
            recoders.add(generation.recoder());
            generation.decoder().ifPresent(decoder -> {
                decoder.clear();
                decoders.add(decoder);
            });
        }
    }
}
