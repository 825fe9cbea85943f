package ioverlay.algo.coding.rlnc;

import ioverlay.algo.coding.codec.Shape;
import ioverlay.api.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Packs the messages of a source into blocks, one behind the other, without regard to where a block or generation ends. Each
 * generation begins with where in it the first message begins (4 bytes; −1 if none does), for whoever misses what was before.
 */
final class Packer {
    /** Bytes in front of a generation. */
    static final int FRONT_BYTES = 4;

    private final Shape shape;
    private final byte[] block;
    private int fill;
    private int blocks;

    Packer(Shape shape) {
        this.shape = shape;
        block = new byte[shape.blockBytes()];
    }

    /** Packs a message; whoever takes the blocks copies them. */
    void add(Message message, Consumer<byte[]> taker) {
        ByteBuffer front = Frame.front(message);
        ByteBuffer payload = message.payload();
        while (front.hasRemaining() || payload.hasRemaining()) {
            if (blocks == 0 && fill == 0) {
                beginGeneration(front, payload.remaining());
            }
            ByteBuffer from = front.hasRemaining() ? front : payload;
            int part = Math.min(from.remaining(), block.length - fill);
            from.get(block, fill, part);
            fill += part;
            if (fill == block.length) {
                emit(taker);
            }
        }
    }

    private void beginGeneration(ByteBuffer front, int payload) {
        boolean isBeginning = front.remaining() == Frame.BYTES;
        long begin = FRONT_BYTES + (isBeginning ? 0L : front.remaining() + payload);
        boolean isBeyond = begin >= (long) shape.blocks() * shape.blockBytes();
        ByteBuffer.wrap(block).putInt(isBeyond ? -1 : (int) begin);
        fill = FRONT_BYTES;
    }

    private void emit(Consumer<byte[]> taker) {
        fill = 0;
        blocks = (blocks + 1) % shape.blocks();
        taker.accept(block);
    }

    /** Ends the generation here: fills up the block that has begun, if one has. */
    void end(Consumer<byte[]> taker) {
        if (fill > 0) {
            Arrays.fill(block, fill, block.length, (byte) 0);
            emit(taker);
        }
        blocks = 0;
    }

    /** Whether a generation has begun and not ended. */
    boolean isOpen() {
        return fill > 0 || blocks > 0;
    }

    /** What does not fill a block yet. */
    byte[] rest() {
        return Arrays.copyOf(block, fill);
    }

    /** Goes on from there. */
    void restore(int blocksThere, byte[] rest) {
        blocks = blocksThere;
        fill = rest.length;
        System.arraycopy(rest, 0, block, 0, fill);
    }
}
