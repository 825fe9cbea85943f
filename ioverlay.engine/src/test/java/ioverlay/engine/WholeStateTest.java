package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.State;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A copy of the state is that of one moment, though the occupant goes on writing to what it saved by reference. */
class WholeStateTest {
    private static final int ROUNDS = 40;
    private static final int CALLS = 10;

    private final Testbed testbed = Testbed.open();
    private final Node node = testbed.node("node");

    /** Writes another number all over its block at each call. */
    private static final class Painting extends BasicAlgorithm {
        @Carried
        private byte[] block = new byte[1 << 20];

        private byte colour;

        @Override
        public Disposition process(Message message) {
            if (message.type() != MessageType.CUSTOM) {
                return super.process(message);
            }
            colour++;
            Arrays.fill(block, colour);
            return Disposition.DONE;
        }
    }

    @AfterEach
    void close() {
        testbed.close();
    }

    private void keepItWriting() {
        for (int at = 0; at < CALLS; at++) {
            node.tell(Message.builder(node.id(), MessageType.CUSTOM).build());
        }
    }

    private static void assertWhole(State state) {
        byte[] block = state.attachments().get("block");
        byte[] one = new byte[block.length];
        Arrays.fill(one, block[0]);
        assertThat(Arrays.equals(block, one)).isTrue();
    }

    @Test
    void a_copy_for_a_rehearsal_is_whole() throws Exception {
        Testbed.serve(node, new Painting());
        for (int round = 0; round < ROUNDS; round++) {
            keepItWriting();
            assertWhole(node.state(0));
        }
    }

    @Test
    void a_copy_for_a_tap_is_whole() {
        Testbed.serve(node, new Painting());
        Tap tap = (message, answer, sends, nowNs, tookNs) -> {};
        for (int round = 0; round < ROUNDS; round++) {
            keepItWriting();
            assertWhole(node.tap(0, tap).state());
            node.untap(0, tap);
        }
    }
}
