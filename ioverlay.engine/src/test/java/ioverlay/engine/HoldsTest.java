package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ioverlay.api.Header;
import ioverlay.io.memory.Slab;
import ioverlay.io.memory.SlabPool;
import ioverlay.io.memory.Views;
import ioverlay.io.message.Holds;
import ioverlay.io.message.SlabMessage;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private static final int LIMIT_BYTES = 64 << 10;

    private final SlabPool pool = new SlabPool(SlabPool.DEFAULT_LIMIT_BYTES);
    private final Holds holds = new Holds(LIMIT_BYTES);
    private final Views views = new Views();
    private long sequence;

    /** A message in a slab of which nobody else has a reference once it is held. */
    private SlabMessage held(int payloadSize) {
        Slab slab = pool.take(1);
        Messages.write(slab, 0, 7, ++sequence, payloadSize);
        SlabMessage message = new SlabMessage(views, slab, 0, Messages.SENDER, null);
        holds.hold(message);
        slab.release();
        return message;
    }

    private long slabsOut() {
        return (pool.allocatedBytes() - pool.freeBytes()) / SlabPool.SLAB_BYTES;
    }

    @Test
    void a_held_message_stays_as_it_is() {
        SlabMessage message = held(5000);
        assertThat(message.sequence()).isEqualTo(1);
        assertThat(message.payload().get(4999)).isEqualTo((byte) 1);
        assertThat(holds.contains(message)).isTrue();
        assertThat(holds.count()).isOne();
        assertThat(holds.bytes()).isEqualTo(5024);
    }

    @Test
    void a_small_one_leaves_its_slab_at_once() {
        SlabMessage message = held(100);
        assertThat(slabsOut()).isZero();
        assertThat(message.payload().get(99)).isEqualTo((byte) 1);
    }

    @Test
    void a_large_one_is_not_copied_as_long_as_it_wastes_little() {
        Holds roomy = new Holds(4 << 20);
        Slab slab = pool.take(1);
        Messages.write(slab, 0, 7, 1, 5000);
        SlabMessage message = new SlabMessage(views, slab, 0, Messages.SENDER, null);
        roomy.hold(message);
        assertThat(message.slab()).isSameAs(slab);
    }

    @Test
    void large_ones_leave_their_slabs_when_they_pin_much_more_than_they_are() {
        for (int i = 0; i < 10; i++) {
            held(5000);
        }
        assertThat(slabsOut()).isLessThanOrEqualTo(1);
        holds.all().forEach(message -> assertThat(message.payload().get(4999)).isEqualTo((byte) message.sequence()));
    }

    @Test
    void a_released_one_gives_its_memory_back_and_is_gone() {
        Holds roomy = new Holds(4 << 20);
        Slab slab = pool.take(1);
        Messages.write(slab, 0, 7, 1, 5000);
        SlabMessage message = new SlabMessage(views, slab, 0, Messages.SENDER, null);
        roomy.hold(message);
        slab.release();
        roomy.release(message);
        assertThat(slabsOut()).isZero();
        assertThat(roomy.count()).isZero();
        assertThat(roomy.bytes()).isZero();
        assertThatIllegalStateException().isThrownBy(message::sequence);
    }

    @Test
    void a_release_of_what_is_not_held_is_nothing() {
        held(10);
        holds.release(new SlabMessage(views, Slab.onHeap(Header.BYTES), 0, Messages.SENDER, null));
        assertThat(holds.count()).isOne();
    }

    @Test
    void holding_twice_counts_once() {
        SlabMessage message = held(10);
        holds.hold(message);
        assertThat(holds.count()).isOne();
        assertThat(holds.bytes()).isEqualTo(34);
    }

    @Test
    void is_overfull_beyond_its_bytes_and_gives_the_oldest_first() {
        SlabMessage oldest = held(LIMIT_BYTES / 2 - Header.BYTES);
        held(LIMIT_BYTES / 2 - Header.BYTES);
        assertThat(holds.isOverfull()).isFalse();
        held(0);
        assertThat(holds.isOverfull()).isTrue();
        assertThat(holds.oldest()).isSameAs(oldest);
        holds.release(oldest);
        assertThat(holds.isOverfull()).isFalse();
    }

    @Test
    void all_come_in_the_order_they_were_held() {
        SlabMessage first = held(10);
        SlabMessage second = held(5000);
        SlabMessage third = held(20);
        assertThat(holds.all()).containsExactly(first, second, third);
    }

    @Test
    void when_all_are_let_go_no_memory_is_left_behind() {
        for (int i = 0; i < 20; i++) {
            held(i * 1000);
        }
        holds.clear();
        assertThat(slabsOut()).isZero();
        assertThat(holds.count()).isZero();
    }
}
