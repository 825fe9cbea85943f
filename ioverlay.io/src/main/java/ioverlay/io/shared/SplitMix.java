package ioverlay.io.shared;

import java.util.random.RandomGenerator;

/**
 * A slot's generator, with a state of one word that can be carried: SplitMix64 (Steele, Lea, Flood: Fast Splittable
 * Pseudorandom Number Generators, OOPSLA 2014).
 *
 * <p><b>Threads:</b> that of the call.
 */
public final class SplitMix implements RandomGenerator {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    public SplitMix(long seed) {
        state = seed;
    }

    /** The generator of one application at one node. */
    public static SplitMix of(long seed, int application) {
        return new SplitMix(seed + GOLDEN * (application + 1L));
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    public long state() {
        return state;
    }

    public void state(long carried) {
        state = carried;
    }
}
