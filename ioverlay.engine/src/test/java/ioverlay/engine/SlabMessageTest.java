package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.memory.Slab;
import ioverlay.io.memory.SlabPool;
import ioverlay.io.memory.Views;
import ioverlay.io.message.Call;
import ioverlay.io.message.SlabMessage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlabMessageTest {
    private static final NodeId NEIGHBOUR = NodeId.parse("127.0.0.1:7001");

    private final Slab slab = new SlabPool(SlabPool.SLAB_BYTES).take(1);
    private final Views views = new Views();
    private final Call call = new Call();
    private final SlabMessage message;

    SlabMessageTest() {
        Messages.write(slab, 50, -3, 17, 6);
        message = new SlabMessage(views, slab, 50, NEIGHBOUR, () -> call);
    }

    static Stream<Consumer<Message>> touches() {
        return Stream.of(
                Message::type,
                Message::sender,
                Message::application,
                Message::sequence,
                Message::payloadSize,
                Message::payload,
                Message::segment,
                Message::header,
                Message::param1,
                Message::text,
                Message::copy,
                Message::release);
    }

    @Test
    void shows_what_the_memory_holds() {
        assertThat(message.header()).isEqualTo(new Header(MessageType.DATA, Messages.SENDER, -3, 17, 6));
        assertThat(message.from()).isEqualTo(NEIGHBOUR);
        assertThat(message.bytes()).isEqualTo(30);
        assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {17, 17, 17, 17, 17, 17}));
    }

    @ParameterizedTest
    @MethodSource("touches")
    void every_touch_after_done_throws(Consumer<Message> touch) {
        message.end();
        assertThatIllegalStateException()
                .isThrownBy(() -> touch.accept(message))
                .withMessageContaining("went back to the engine");
    }

    @Test
    void a_text_for_a_log_can_be_had_even_then() {
        message.end();
        assertThat(message.toString()).isEqualTo("message that went back to the engine");
    }

    @Test
    void a_view_that_is_kept_throws_when_the_run_is_over() {
        ByteBuffer kept = message.payload();
        views.end();
        assertThatIllegalStateException().isThrownBy(kept::get);
    }

    @Test
    void a_copy_stays_when_the_original_is_gone() {
        Message copy = message.copy();
        message.end();
        slab.release();
        assertThat(copy.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {17, 17, 17, 17, 17, 17}));
        assertThat(copy.sequence()).isEqualTo(17);
    }

    @Test
    void moved_to_other_memory_it_is_the_same() {
        Slab other = Slab.onHeap(30);
        other.buffer().put(0, slab.buffer(), 50, 30);
        Header before = message.header();
        message.move(other, 0);
        slab.release();
        assertThat(message.header()).isEqualTo(before);
        assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {17, 17, 17, 17, 17, 17}));
    }

    @Test
    void a_release_waits_for_the_end_of_the_call() {
        message.release();
        assertThat(call.released()).containsExactly(message);
        assertThat(message.sequence()).isEqualTo(17);
    }
}
