package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An algorithm that leaves its thread interrupted harms no link: channels close when an interrupted thread writes. */
@Timeout(60)
class InterruptingAlgorithmTest {
    private static final Content CONTENT = Content.of(1_000);

    private static final class Interrupting extends BasicAlgorithm {
        private final NodeId next;

        Interrupting(NodeId next) {
            this.next = next;
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.DATA) {
                send(message, next);
            }
            Thread.currentThread().interrupt();
            return Disposition.DONE;
        }
    }

    @Test
    void its_node_goes_on_with_all_links() {
        try (Testbed testbed = Testbed.open()) {
            Node last = testbed.node("last");
            Node middle = testbed.node("middle");
            Node first = testbed.node("first");
            Testbed.serve(last, Forwarder.delivering());
            CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
            Testbed.serve(middle, new Interrupting(last.id()));
            Testbed.serve(first, Forwarder.to(middle.id()));
            Testbed.attach(first, Testbed.APP, NumberedSource.of(CONTENT, 2_000));
            Await.until("all messages", () -> sink.received() == 2_000);
            assertThat(sink.account()).isEqualTo(CheckingSink.intact(2_000));
        }
    }
}
