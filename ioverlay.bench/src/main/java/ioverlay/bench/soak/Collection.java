package ioverlay.bench.soak;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Waits for a collection of the whole heap that nobody forces: the heap is filled until there is one, as a program that
 * needs memory does.
 */
final class Collection {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ROUNDS = 3;
    private static final double MOST_OF_HEAP = 0.7;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private Collection() {}

    /** Returns after some of them, since what one finds gone may hold more that is; the least bytes that one left. */
    static long await() {
        return LongStream.generate(Collection::awaitOne).limit(ROUNDS).min().orElseThrow();
    }

    private static long awaitOne() {
        long before = count();
        long giveUp = System.nanoTime() + PATIENCE_NS;
        int most = (int) (Runtime.getRuntime().maxMemory() * MOST_OF_HEAP / CHUNK_BYTES);
        List<byte[]> filling = new ArrayList<>();
        while (count() == before && System.nanoTime() - giveUp < 0) {
            filling.add(new byte[CHUNK_BYTES]);
            if (filling.size() == most) {
                filling = new ArrayList<>();
            }
        }
        // The collection came with the last chunk: all others were alive, and this counts what it left.
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum()
                - (filling.size() - 1L) * CHUNK_BYTES;
    }

    private static long count() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(Collection::isOfWholeHeap)
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static boolean isOfWholeHeap(GarbageCollectorMXBean collector) {
        return Arrays.stream(collector.getMemoryPoolNames())
                .anyMatch(pool -> pool.contains("Tenured") || pool.contains("Old"));
    }
}
