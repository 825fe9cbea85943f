package ioverlay.observer.history;

import java.time.Instant;

/**
 * The key of a row of samples is one number: the node (20 bits), the stamp in milliseconds since 2025 (39 bits, until 2042), its
 * place among the links of the sample (4 bits).
 */
final class SampleKey {
    /** Most links of a sample. */
    static final int PLACES = 16;

    /** Ids of nodes are less. */
    static final int NODES = 1 << 20;

    static final long EPOCH_MS = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

    private static final int PLACE_BITS = 4;
    private static final int TIME_BITS = 39;
    private static final long LATEST = (1L << TIME_BITS) - 1;

    /** Of a key, in a statement: its stamp in milliseconds after {@link #EPOCH_MS}. */
    static final String TIME = "BITAND(RSHIFT(k, " + PLACE_BITS + "), " + LATEST + ")";

    private SampleKey() {}

    static long of(long node, long stamp, int place) {
        return (node << (TIME_BITS + PLACE_BITS)) | (sinceEpoch(stamp) << PLACE_BITS) | place;
    }

    /** The least of a node, from that stamp on. */
    static long first(long node, long stamp) {
        return of(node, stamp, 0);
    }

    /** The largest of a node, up to that stamp. */
    static long last(long node, long stamp) {
        return of(node, stamp, PLACES - 1);
    }

    static long sinceEpoch(long stamp) {
        return Math.clamp(stamp - EPOCH_MS, 0, LATEST);
    }

    /** The stamp of a key. */
    static long stamp(long key) {
        return EPOCH_MS + ((key >> PLACE_BITS) & LATEST);
    }
}
