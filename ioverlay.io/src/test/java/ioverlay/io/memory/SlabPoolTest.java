package ioverlay.io.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlabPoolTest {
    @Test
    void what_came_back_last_goes_out_first() {
        SlabPool pool = new SlabPool(3 * SlabPool.SLAB_BYTES);
        Slab first = pool.take(1);
        Slab second = pool.take(1);
        first.release();
        second.release();
        assertThat(pool.take(1)).isSameAs(second);
        assertThat(pool.take(1)).isSameAs(first);
    }

    @Test
    void a_slab_that_came_back_has_one_reference_again() {
        SlabPool pool = new SlabPool(SlabPool.SLAB_BYTES);
        pool.take(1).release();
        Slab again = pool.take(1);
        assertThat(again.isReusable()).isTrue();
        again.release();
        assertThat(pool.freeBytes()).isEqualTo(SlabPool.SLAB_BYTES);
    }

    @Test
    void beyond_the_limit_there_is_heap_memory_of_the_size_asked_for() {
        SlabPool pool = new SlabPool(SlabPool.SLAB_BYTES);
        assertThat(pool.take(5000).buffer().isDirect()).isTrue();
        Slab beyond = pool.take(5000);
        assertThat(beyond.buffer().isDirect()).isFalse();
        assertThat(beyond.capacity()).isEqualTo(5000);
        assertThat(pool.allocatedBytes()).isEqualTo(SlabPool.SLAB_BYTES);
    }

    @Test
    void heap_memory_does_not_come_into_the_pool() {
        SlabPool pool = new SlabPool(0);
        pool.take(5000).release();
        assertThat(pool.freeBytes()).isZero();
    }

    @Test
    void a_message_larger_than_a_slab_gets_memory_of_its_size() {
        SlabPool pool = new SlabPool(SlabPool.DEFAULT_LIMIT_BYTES);
        Slab large = pool.take(SlabPool.SLAB_BYTES + 1);
        assertThat(large.capacity()).isEqualTo(SlabPool.SLAB_BYTES + 1);
        assertThat(pool.allocatedBytes()).isZero();
    }

    @Test
    void many_threads_never_get_the_same_slab_and_never_more_than_the_limit() throws Exception {
        SlabPool pool = new SlabPool(4 * SlabPool.SLAB_BYTES);
        Set<Slab> out = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> doubles = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                doubles.add(threads.submit(() -> takenTwice(pool, out)));
            }
            for (Future<Integer> taken : doubles) {
                assertThat(taken.get(30, TimeUnit.SECONDS)).isZero();
            }
        }
        assertThat(pool.allocatedBytes()).isBetween((long) SlabPool.SLAB_BYTES, 4L * SlabPool.SLAB_BYTES);
        assertThat(pool.freeBytes()).isEqualTo(pool.allocatedBytes());
    }

    private static int takenTwice(SlabPool pool, Set<Slab> out) {
        int doubles = 0;
        for (int i = 0; i < 300; i++) {
            Slab slab = pool.take(64);
            if (!out.add(slab)) {
                doubles++;
            }
            Thread.onSpinWait();
            out.remove(slab);
            slab.release();
        }
        return doubles;
    }
}
