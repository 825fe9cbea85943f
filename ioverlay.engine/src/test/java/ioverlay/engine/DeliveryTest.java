package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Header;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message arrives once, in order and intact, whatever its size, the topology and the buffers. */
class DeliveryTest {
    private static final Content MIXED = Content.mixed(Header.MAX_PAYLOAD);
    private static final int MESSAGES = 1_200;

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    private static void awaitAll(CheckingSink sink, long messages) {
        Await.until(messages + " messages, but " + sink.account(), () -> sink.received() >= messages);
        assertThat(sink.account()).isEqualTo(CheckingSink.intact(messages));
    }

    @ParameterizedTest
    @ValueSource(ints = {Testbed.SMALL_BUFFER, Testbed.LARGE_BUFFER})
    void a_chain_of_four_delivers_everything_at_every_node(int bufferBytes) {
        List<CheckingSink> sinks = new ArrayList<>();
        Node next = null;
        for (int i = 4; i > 1; i--) {
            Node node = testbed.node("n" + i, bufferBytes);
            Testbed.serve(node, next == null ? Forwarder.delivering() : Forwarder.delivering(next.id()));
            sinks.add(Testbed.attach(node, Testbed.APP, new CheckingSink(MIXED)));
            next = node;
        }
        Node first = testbed.node("n1", bufferBytes);
        Testbed.serve(first, Forwarder.to(next.id()));
        Testbed.attach(first, Testbed.APP, NumberedSource.of(MIXED, MESSAGES));

        sinks.forEach(sink -> awaitAll(sink, MESSAGES));
    }

    @ParameterizedTest
    @ValueSource(ints = {Testbed.SMALL_BUFFER, Testbed.LARGE_BUFFER})
    void a_fan_out_to_three_delivers_everything_to_each(int bufferBytes) {
        List<CheckingSink> sinks = new ArrayList<>();
        List<Node> leaves = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            Node leaf = testbed.node("leaf" + i, bufferBytes);
            Testbed.serve(leaf, Forwarder.delivering());
            sinks.add(Testbed.attach(leaf, Testbed.APP, new CheckingSink(MIXED)));
            leaves.add(leaf);
        }
        Node root = testbed.node("root", bufferBytes);
        Testbed.serve(
                root,
                Forwarder.to(
                        leaves.get(0).id(), leaves.get(1).id(), leaves.get(2).id()));
        Testbed.attach(root, Testbed.APP, NumberedSource.of(MIXED, MESSAGES));

        sinks.forEach(sink -> awaitAll(sink, MESSAGES));
    }

    @ParameterizedTest
    @ValueSource(ints = {Testbed.SMALL_BUFFER, Testbed.LARGE_BUFFER})
    void a_fan_in_of_three_delivers_everything_of_each(int bufferBytes) {
        Node sink = testbed.node("sink", bufferBytes);
        Testbed.serve(sink, Forwarder.delivering());
        CheckingSink all = Testbed.attach(sink, Testbed.APP, new CheckingSink(MIXED));
        for (int i = 1; i <= 3; i++) {
            Node source = testbed.node("source" + i, bufferBytes);
            Testbed.serve(source, Forwarder.to(sink.id()));
            Testbed.attach(source, Testbed.APP, NumberedSource.of(MIXED, MESSAGES));
        }

        awaitAll(all, 3L * MESSAGES);
    }

    @ParameterizedTest
    @ValueSource(ints = {Testbed.SMALL_BUFFER, Testbed.LARGE_BUFFER})
    void applications_that_share_a_chain_keep_their_own_order(int bufferBytes) {
        Node last = testbed.node("last", bufferBytes);
        Node middle = testbed.node("middle", bufferBytes);
        Node first = testbed.node("first", bufferBytes);
        Testbed.serve(last, Forwarder.delivering());
        Testbed.serve(middle, Forwarder.to(last.id()));
        Testbed.serve(first, Forwarder.to(middle.id()));
        List<CheckingSink> sinks = new ArrayList<>();
        for (int application = 1; application <= 3; application++) {
            sinks.add(Testbed.attach(last, application, new CheckingSink(MIXED)));
            Testbed.attach(first, application, NumberedSource.of(MIXED, MESSAGES));
        }

        sinks.forEach(sink -> awaitAll(sink, MESSAGES));
    }
}
