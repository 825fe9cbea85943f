package ioverlay.algo.coding.rlnc;

import ioverlay.algo.coding.codec.Checksum;
import ioverlay.algo.coding.codec.Decoder;
import ioverlay.algo.coding.codec.Recoder;
import ioverlay.algo.coding.codec.Shape;
import ioverlay.api.NodeId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One generation at a node: its independent vectors as they came, and what is decoded of it. */
final class Generation {
    private final int number;
    private final Shape shape;
    private final Checksum checksum;
    private final Recoder recoder;
    private final Optional<Decoder> decoder;

    /** How many of it each upstream has sent by its own account. */
    private final Map<NodeId, Integer> sentBy = new HashMap<>();

    private int used;
    private int blocksThere;
    private long heardNs;

    Generation(int number, Shape shape, Checksum checksum, Recoder recoder, Optional<Decoder> decoder) {
        this.number = number;
        this.shape = shape;
        this.checksum = checksum;
        this.recoder = recoder;
        this.decoder = decoder;
        used = shape.blocks();
    }

    /** What the memory of one takes. */
    static long bytes(Shape shape) {
        return (long) shape.blocks() * (shape.vectorBytes() + shape.blockBytes() + 2L * shape.blocks());
    }

    int number() {
        return number;
    }

    Recoder recoder() {
        return recoder;
    }

    Optional<Decoder> decoder() {
        return decoder;
    }

    /** How many blocks it has: those beyond are zeros, which nobody has to send. */
    int used() {
        return used;
    }

    /** Whether it has fewer blocks than others. */
    boolean isClosed() {
        return used < shape.blocks();
    }

    /** How many of its blocks' worth have come. */
    int arrived() {
        return blocksThere;
    }

    /** How many independent vectors are missing, as far as can be known. */
    int lacking() {
        return shape.blocks() - recoder.rank();
    }

    boolean isComplete() {
        return lacking() == 0;
    }

    boolean isGenuine(MemorySegment vector) {
        return checksum.holds(vector);
    }

    /** What an upstream has sent by its own account, at a time. */
    void heard(NodeId upstream, int sent, long nowNs) {
        sentBy.merge(upstream, sent, Math::max);
        heardNs = nowNs;
    }

    int sentBy(NodeId upstream) {
        return sentBy.getOrDefault(upstream, 0);
    }

    /** When something of it came last. */
    long heardNs() {
        return heardNs;
    }

    /**
     * Takes a vector in.
     *
     * @return whether it brought something new
     */
    boolean add(MemorySegment vector) {
        if (!recoder.add(vector)) {
            return false;
        }
        decoder.ifPresent(there -> there.add(vector));
        blocksThere++;
        return true;
    }

    /** Takes a block of the source in, the next one, and returns it as a vector in the given memory. */
    MemorySegment add(byte[] block, MemorySegment vector) {
        plain(blocksThere, vector);
        shape.block(vector).copyFrom(MemorySegment.ofArray(block));
        checksum.seal(vector);
        add(vector);
        return vector;
    }

    private void plain(int block, MemorySegment vector) {
        vector.fill((byte) 0).set(ValueLayout.JAVA_BYTE, block, (byte) 1);
    }

    /**
     * It has so many blocks and no more: the rest is known.
     *
     * @return whether that can be true
     */
    boolean close(int blocks, MemorySegment vector) {
        if (blocks == shape.blocks() || blocks == used) {
            return true; // whoever says the former may not know better
        }
        if (used < shape.blocks() || blocks < blocksThere) {
            return false;
        }
        used = blocks;
        for (int block = blocks; block < shape.blocks(); block++) {
            plain(block, vector);
            checksum.seal(vector);
            recoder.add(vector);
            decoder.ifPresent(there -> there.add(vector));
        }
        return true;
    }

    Optional<MemorySegment> block(int index) {
        return decoder.flatMap(there -> there.block(index));
    }

    void combine(RandomGenerator random, MemorySegment into) {
        recoder.combine(random, into);
    }

    // ---- over a swap: the vectors, from which all else follows

    void write(DataOutputStream out) throws IOException {
        out.writeInt(number);
        out.writeInt(used);
        out.writeInt(blocksThere);
        out.writeInt(recoder.rank());
        for (int row = 0; row < recoder.rank(); row++) {
            out.write(recoder.vector(row).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** Reads what follows the number. */
    void read(DataInputStream in) throws IOException {
        used = in.readInt();
        int there = in.readInt();
        int rank = in.readInt();
        MemorySegment vector = Shape.rows(1, shape.vectorBytes())[0];
        for (int row = 0; row < rank; row++) {
            vector.copyFrom(MemorySegment.ofArray(in.readNBytes(shape.vectorBytes())));
            if (!checksum.holds(vector)) {
                throw new IOException("generation " + number + " was made with another key");
            }
            add(vector);
        }
        blocksThere = there;
    }
}
