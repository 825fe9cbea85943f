package ioverlay.testkit;

import java.util.random.RandomGenerator;

/** The engine's generator: the same seed and application give the same numbers as at a real node. */
final class SplitMix implements RandomGenerator {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    SplitMix(long seed, int application) {
        state = seed + GOLDEN * (application + 1L);
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Goes on where the other one is. */
    void follow(SplitMix other) {
        state = other.state;
    }
}
