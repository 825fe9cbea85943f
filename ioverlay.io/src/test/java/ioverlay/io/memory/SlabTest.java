package ioverlay.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SlabTest {
    private static final byte POISON = (byte) 0xdb;

    private final SlabPool pool = new SlabPool(SlabPool.SLAB_BYTES);

    @Test
    void goes_back_to_its_pool_with_the_last_reference() {
        Slab slab = pool.take(1);
        slab.retain();
        slab.release();
        assertThat(pool.freeBytes()).isZero();
        slab.release();
        assertThat(pool.freeBytes()).isEqualTo(SlabPool.SLAB_BYTES);
    }

    @Test
    void a_release_too_many_is_a_broken_rule() {
        Slab slab = Slab.onHeap(8);
        slab.release();
        assertThatIllegalStateException()
                .isThrownBy(slab::release)
                .withMessageContaining("released more often than it was retained");
    }

    @Test
    void is_reusable_only_while_its_owner_is_alone() {
        Slab slab = pool.take(1);
        assertThat(slab.isReusable()).isTrue();
        slab.retain();
        assertThat(slab.isReusable()).isFalse();
        slab.release();
        assertThat(slab.isReusable()).isTrue();
    }

    @Test
    void heap_memory_is_never_filled_again_since_views_of_it_do_not_end() {
        assertThat(Slab.onHeap(8).isReusable()).isFalse();
    }

    @Test
    void a_range_is_a_view_of_its_own_position() {
        Slab slab = Slab.onHeap(8);
        ByteBuffer range = slab.range(2, 5);
        range.put((byte) 7);
        assertThat(range.remaining()).isEqualTo(2);
        assertThat(slab.buffer().get(2)).isEqualTo((byte) 7);
        assertThat(slab.range(2, 5).remaining()).isEqualTo(3);
    }

    @Test
    void with_the_guard_on_released_memory_is_poisoned() {
        Slab slab = pool.take(1);
        slab.buffer().put(0, (byte) 1).put(slab.capacity() - 1, (byte) 2);
        slab.release();
        assertThat(slab.buffer().get(0)).isEqualTo(POISON);
        assertThat(slab.buffer().get(slab.capacity() - 1)).isEqualTo(POISON);
    }

    @Test
    void only_the_part_that_is_done_with_is_poisoned() {
        Slab slab = Slab.ofOwner(4);
        slab.poison(1, 3);
        assertThat(new byte[] {
                    slab.buffer().get(0),
                    slab.buffer().get(1),
                    slab.buffer().get(2),
                    slab.buffer().get(3)
                })
                .containsExactly(0, POISON, POISON, 0);
    }

    @Test
    void a_ranges_bytes_are_those_of_its_messages() {
        assertThat(new Range(Slab.onHeap(100), 10, 70, 2).bytes()).isEqualTo(60);
    }
}
