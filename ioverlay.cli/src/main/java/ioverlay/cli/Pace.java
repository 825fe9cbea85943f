package ioverlay.cli;

import ioverlay.api.Header;
import java.time.Duration;

/**
 * How the source cuts the file and how long it takes, so that there is time for every swap while the file flows, and a
 * small machine can write all the copies meanwhile.
 *
 * @param chunkBytes payload of one message
 * @param time that the file is to take
 */
record Pace(int chunkBytes, Duration time) {
    /** What is promised, whatever the file's size. */
    static final Duration LEAST = Duration.ofSeconds(8);

    /** What is aimed at, so that a source that is a little ahead of its time still keeps the promise. */
    private static final Duration USUAL = Duration.ofMillis(8_500);

    private static final Duration PER_SWAP = Duration.ofMillis(150);

    /** All receivers together are not asked to hash and write more than this. */
    private static final long COPIED_BYTES_PER_MILLI = 125_000;

    private static final int MOST_CHUNK_BYTES = (32 << 10) - Header.BYTES;
    private static final int WANTED_CHUNKS = 512;

    /** A pace for a file of this size, for so many receivers, with this many swaps on its way. */
    static Pace of(long fileBytes, int receivers, int swaps) {
        long chunk = Math.clamp(fileBytes / WANTED_CHUNKS, 1, MOST_CHUNK_BYTES);
        Duration forSwaps = PER_SWAP.multipliedBy(swaps);
        Duration forCopies = Duration.ofMillis(fileBytes / COPIED_BYTES_PER_MILLI * receivers);
        return new Pace((int) chunk, longest(USUAL, longest(forSwaps, forCopies)));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
