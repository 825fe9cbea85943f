package ioverlay.io.memory;

/**
 * Whole messages, back to back, in a slab. Holds one reference to it.
 *
 * @param slab where they are
 * @param from first byte
 * @param to byte after the last
 * @param messages how many
 */
public record Range(Slab slab, int from, int to, int messages) {
    /** Bytes, headers included. */
    public int bytes() {
        return to - from;
    }
}
