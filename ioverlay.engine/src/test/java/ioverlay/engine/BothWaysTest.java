package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes that dial each other at the same time have one link in each direction. */
class BothWaysTest {
    private static final Content CONTENT = Content.mixed(10_000);
    private static final int MESSAGES = 20_000;

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    @Test
    void two_nodes_send_to_each_other_at_full_load() {
        Node one = testbed.node("one", 32 << 10);
        Node other = testbed.node("other", 32 << 10);
        Testbed.serve(one, 1, Forwarder.to(other.id()));
        Testbed.serve(other, 1, Forwarder.delivering());
        Testbed.serve(other, 2, Forwarder.to(one.id()));
        Testbed.serve(one, 2, Forwarder.delivering());
        List<CheckingSink> sinks = new ArrayList<>();
        sinks.add(Testbed.attach(other, 1, new CheckingSink(CONTENT)));
        sinks.add(Testbed.attach(one, 2, new CheckingSink(CONTENT)));
        Testbed.attach(one, 1, NumberedSource.of(CONTENT, MESSAGES));
        Testbed.attach(other, 2, NumberedSource.of(CONTENT, MESSAGES));

        for (CheckingSink sink : sinks) {
            Await.until("all arrive", () -> sink.received() == MESSAGES);
            assertThat(sink.account()).isEqualTo(CheckingSink.intact(MESSAGES));
        }
        for (Node node : List.of(one, other)) {
            assertThat(node.status().downstreams()).hasSize(1);
            assertThat(node.status().upstreams()).hasSize(1);
        }
    }
}
