package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a data plane was closed nothing of it is left: no thread, no socket, no slab in use. */
class TerminationTest {
    private static final Content CONTENT = Content.mixed(50_000);
    private static final Duration BOUND = Duration.ofSeconds(10);

    private Testbed testbed;
    private long descriptors;

    /** What the JVM itself opens once and keeps, for sockets and virtual threads, is open before anything is counted. */
    @BeforeAll
    static void warm() {
        try (Testbed first = Testbed.open()) {
            Node to = first.node("warm-to");
            Node from = first.node("warm-from");
            Testbed.serve(to, Forwarder.delivering());
            CheckingSink sink = Testbed.attach(to, Testbed.APP, new CheckingSink(CONTENT));
            Testbed.serve(from, Forwarder.to(to.id()));
            Testbed.attach(from, Testbed.APP, NumberedSource.of(CONTENT, 100));
            Await.until("the warm-up flows", () -> sink.received() == 100);
        }
    }

    @BeforeEach
    void count() {
        assumeTrue(Census.canCountDescriptors(), "the system has no /proc");
        descriptors = Census.descriptors();
        testbed = Testbed.open();
    }

    @AfterEach
    void close() {
        testbed.close();
    }

    private void closeAndExpectNothingLeft() {
        assertThat(Census.overlayThreads()).as("threads while it runs").isNotEmpty();
        assertThat(Census.descriptors()).as("descriptors while it runs").isGreaterThan(descriptors);

        long start = System.nanoTime();
        testbed.close();
        long took = System.nanoTime() - start;

        System.out.println("closed in " + took / 1_000_000 + " ms");
        assertThat(Duration.ofNanos(took)).isLessThan(BOUND);
        Await.until(
                "no thread is left of " + Census.overlayThreads(),
                () -> Census.overlayThreads().isEmpty());
        assertThat(Census.descriptors()).as("descriptors").isLessThanOrEqualTo(descriptors);
        assertThat(testbed.plane().freeBytes())
                .as("free of the bytes allocated")
                .isEqualTo(testbed.plane().allocatedBytes());
    }

    @Test
    void nothing_is_left_with_traffic_in_flight() {
        Node last = testbed.node("last");
        Node middle = testbed.node("middle");
        Node first = testbed.node("first");
        Testbed.serve(last, Forwarder.delivering());
        Testbed.serve(middle, Forwarder.to(last.id()));
        Testbed.serve(first, Forwarder.to(middle.id()));
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));
        Await.until("traffic flows", () -> sink.received() > 1_000);

        closeAndExpectNothingLeft();
    }

    @Test
    void nothing_is_left_of_a_session_whose_sink_stands_still_and_a_parked_one() {
        Node last = testbed.node("last", 64 << 10);
        Node first = testbed.node("first", 64 << 10);
        Testbed.serve(last, Forwarder.delivering());
        Testbed.serve(last, 2, Forwarder.delivering());
        last.park(2);
        Testbed.serve(first, Forwarder.to(last.id()));
        Testbed.attach(last, 1, new CheckingSink(CONTENT).shut());
        NumberedSource standing = Testbed.attach(first, 1, NumberedSource.endless(CONTENT));
        NumberedSource parked = Testbed.attach(first, 2, NumberedSource.endless(CONTENT));
        Await.until("both stand still", () -> {
            long before = standing.produced() + parked.produced();
            Await.passes(Duration.ofMillis(50));
            return before > 0 && before == standing.produced() + parked.produced();
        });

        closeAndExpectNothingLeft();
    }

    @Test
    void nothing_is_left_of_a_node_that_holds_messages_and_has_timers() {
        Node node = testbed.node("holder");
        Testbed.serve(node, new HoldTest.Hoarder());
        Testbed.attach(node, Testbed.APP, NumberedSource.of(Content.of(5_000), 20));
        Await.until("all are on hold", () -> node.status().slots().getFirst().held() == 20);

        closeAndExpectNothingLeft();
    }

    @Test
    void nothing_is_left_beside_a_peer_that_does_not_answer() {
        try (DeafPeer deaf = new DeafPeer()) {
            descriptors += 1; // the peer listens
            Node node = testbed.node("n");
            Testbed.serve(node, Forwarder.to(deaf.id()));
            Testbed.attach(node, Testbed.APP, NumberedSource.endless(CONTENT));
            deaf.welcome().swallow(1_000);
            descriptors += 1; // the peer's end of the link

            closeAndExpectNothingLeft();
        }
    }

    @Test
    void nothing_is_left_of_a_node_that_is_dialling() {
        try (DeafPeer deaf = new DeafPeer()) {
            descriptors += 1; // the peer listens
            Node node = testbed.node("n");
            Testbed.serve(node, Forwarder.to(deaf.id()));
            node.engine().send(Message.builder(node.id(), MessageType.DATA).build(), deaf.id());
            Await.until("it dials", () -> Census.overlayThreads().stream().anyMatch(name -> name.contains("dial")));

            closeAndExpectNothingLeft();
        }
    }

    @Test
    void an_upstream_whose_link_opens_while_the_node_closes_hears_bye_like_all_others() throws Exception {
        Node node = testbed.node("n");
        try (RefusingPort one = new RefusingPort();
                RefusingPort other = new RefusingPort();
                RawUpstream early = new RawUpstream(node).greet(one.id());
                RawUpstream late = new RawUpstream(node)) {
            Await.until("both are connected", () -> Testbed.count(node, "connections.accepted") == 2);
            Thread closing = Thread.ofPlatform().start(node::close);
            assertThat(early.hearsBye()).as("the early one hears BYE").isTrue();
            assertThat(late.greet(other.id()).hearsBye())
                    .as("the late one hears BYE")
                    .isTrue();
            closing.join(BOUND);
            assertThat(closing.isAlive()).isFalse();
        }
    }

    @Test
    void a_closed_node_can_be_closed_again_and_its_port_is_free() {
        Node node = testbed.node("n");
        int port = node.id().socketAddress().getPort();
        node.close();
        node.close();
        Node again = testbed.node("again", Testbed.LARGE_BUFFER, Header.MAX_PAYLOAD, port);
        assertThat(again.id()).isEqualTo(node.id());
    }

    @Test
    void every_message_that_was_sent_before_the_end_is_delivered() {
        Node last = testbed.node("last");
        Node first = testbed.node("first");
        Testbed.serve(last, Forwarder.delivering());
        Testbed.serve(first, Forwarder.to(last.id()));
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        NumberedSource source = Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));
        Await.until("traffic flows", () -> sink.received() > 1_000);
        first.close();

        Await.until("all arrive", () -> sink.received() == source.produced());
        assertThat(sink.account()).isEqualTo(CheckingSink.intact(source.produced()));
        assertThat(testbed.happened("link.failed")).isEmpty();
        Await.until("both ends heard", () -> testbed.happened("link.closed").size() == 2);
        assertThat(testbed.happened("link.closed"))
                .as("what was taken, as sender and receiver say")
                .allMatch(event -> event.detail().get("taken").getAsLong() == source.produced());
    }
}
