package ioverlay.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private final SlabPool pool = new SlabPool(SlabPool.SLAB_BYTES);
    private final Slab slab = pool.take(1);
    private final Views views = new Views();

    @Test
    void a_view_shows_its_range_and_nothing_else() {
        slab.buffer().put(10, (byte) 1).put(11, (byte) 2);
        assertThat(views.of(slab, 10, 2).toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> views.of(slab, 10, 2).get(ValueLayout.JAVA_BYTE, 2));
    }

    @Test
    void a_kept_segment_throws_after_the_end() {
        MemorySegment kept = views.of(slab, 0, 8);
        views.end();
        assertThatIllegalStateException()
                .isThrownBy(() -> kept.get(ValueLayout.JAVA_BYTE, 0))
                .withMessageContaining("closed");
    }

    @Test
    void a_kept_buffer_throws_after_the_end() {
        ByteBuffer kept = views.of(slab, 0, 8).asByteBuffer();
        views.end();
        assertThatIllegalStateException().isThrownBy(kept::get).withMessageContaining("closed");
    }

    @Test
    void another_thread_cannot_use_a_view() {
        MemorySegment view = views.of(slab, 0, 8);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> CompletableFuture.supplyAsync(() -> view.get(ValueLayout.JAVA_BYTE, 0))
                        .join())
                .withCauseInstanceOf(WrongThreadException.class);
    }

    @Test
    void an_algorithm_cannot_write_through_a_view() {
        ByteBuffer view = views.of(slab, 0, 8).asByteBuffer();
        assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> view.put((byte) 1));
    }

    @Test
    void a_view_of_heap_memory_is_read_only_too() {
        MemorySegment view = views.of(Slab.onHeap(8), 0, 8);
        assertThat(view.isReadOnly()).isTrue();
    }

    @Test
    void a_writable_view_writes_into_the_slab_until_the_end() {
        MemorySegment view = views.writable(slab, 4, 1);
        view.set(ValueLayout.JAVA_BYTE, 0, (byte) 9);
        views.end();
        assertThat(slab.buffer().get(4)).isEqualTo((byte) 9);
        assertThatIllegalStateException().isThrownBy(() -> view.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
    }

    @Test
    void views_of_the_next_run_are_valid_again() {
        views.of(slab, 0, 8);
        views.end();
        assertThat(views.of(slab, 0, 8).byteSize()).isEqualTo(8);
    }

    @Test
    void an_end_without_views_is_nothing() {
        views.end();
        views.end();
        assertThat(views.of(slab, 0, 1).byteSize()).isOne();
    }
}
