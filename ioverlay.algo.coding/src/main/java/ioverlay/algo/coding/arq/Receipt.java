package ioverlay.algo.coding.arq;

import ioverlay.api.NodeId;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collection;

/**
 * What a node says to one before it: which messages of an originator it has, by whatever way they came.
 *
 * <p>Big-endian: the protocol number (a byte), the originator (7), the number that came last over the link to whom it is
 * said, −1 if none (8), the number before which nothing is missing (8), and from there on a bit for each number, the lowest
 * of a word of 64 first; at most 1024 words.
 *
 * @param originator of the messages
 * @param last that came over this link, −1 if none
 * @param base nothing is missing before it
 * @param beyond a bit for each number from there on: whether it has come
 */
record Receipt(NodeId originator, long last, long base, BitSet beyond) {
    /** Control, between neighbours. */
    static final int TYPE = 0x8190;

    private static final byte PROTOCOL = 1;
    private static final int HEADER_BYTES = 1 + NodeId.BYTES + 2 * Long.BYTES;
    private static final int MOST_WORDS = Arrivals.AHEAD / Long.SIZE;

    /** Of what has come. */
    static Receipt of(NodeId originator, long last, long base, Collection<Long> ahead) {
        BitSet beyond = new BitSet();
        ahead.forEach(number -> beyond.set((int) (number - base)));
        return new Receipt(originator, last, base, beyond);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is cut off, or contradicts itself
     */
    static Receipt read(ByteBuffer from) {
        if (from.remaining() < HEADER_BYTES || (from.remaining() - HEADER_BYTES) % Long.BYTES != 0) {
            throw new IllegalArgumentException(
                    "a receipt has " + HEADER_BYTES + " bytes and then words of 8, not " + from.remaining() + " bytes");
        }
        byte protocol = from.get();
        if (protocol != PROTOCOL) {
            throw new IllegalArgumentException("a receipt has the protocol number " + PROTOCOL + ", not " + protocol);
        }
        NodeId originator = NodeId.read(from);
        long last = from.getLong();
        long base = from.getLong();
        if (last < -1 || base < 0 || from.remaining() / Long.BYTES > MOST_WORDS) {
            throw new IllegalArgumentException("a receipt has numbers that are not negative and " + MOST_WORDS
                    + " words at most, not " + last + ", " + base + " and " + from.remaining() / Long.BYTES);
        }
        return new Receipt(originator, last, base, BitSet.valueOf(from.asLongBuffer()));
    }

    /** Its bytes. */
    ByteBuffer write() {
        long[] words = beyond.toLongArray();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + words.length * Long.BYTES);
        bytes.put(PROTOCOL);
        originator.write(bytes);
        bytes.putLong(last).putLong(base);
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.flip();
    }

    /** Whether it says that a message has come. */
    boolean has(long number) {
        long at = number - base;
        return at < 0 || (at < Arrivals.AHEAD && beyond.get((int) at));
    }
}
