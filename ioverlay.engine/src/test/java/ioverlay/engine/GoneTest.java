package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.engine.Forwarder.Heard;
import ioverlay.io.counts.Count;
import ioverlay.io.wire.Channels;
import ioverlay.traffic.silence.DialPace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that are gone: what an algorithm hears of them, and what becomes of what it sends to them, and to itself. */
@Tag("waits")
class GoneTest {
    private static final Content CONTENT = Content.of(1_000);
    private static final int MESSAGE_BYTES = Header.BYTES + 1_000;
    private static final int MESSAGES = 10;
    private static final long NOTICE_NS = Duration.ofMillis(100).toNanos();
    private static final int ROUNDS = 3;
    private static final Duration SECONDS = Duration.ofSeconds(2);

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    private static Message message(Node from) {
        return Message.builder(from.id(), MessageType.DATA)
                .application(Testbed.APP)
                .payload(new byte[1_000])
                .build();
    }

    private static void hears(Forwarder algorithm, int type) {
        Await.until("a notice 0x" + Integer.toHexString(type), () -> algorithm.hasHeard(type));
    }

    @Test
    void a_killed_neighbour_is_told_as_failed_link_then_as_failed_node_with_its_losses_exact() {
        long best = Long.MAX_VALUE;
        for (int round = 1; round <= ROUNDS && best > NOTICE_NS; round++) {
            best = Math.min(best, kills(round));
        }
        assertThat(best).isLessThan(NOTICE_NS);
    }

    private long kills(int round) {
        try (DeafPeer peer = new DeafPeer()) {
            Node from = testbed.node("from" + round);
            Forwarder algorithm = Testbed.serve(from, Forwarder.to(peer.id()));
            Testbed.attach(from, Testbed.APP, NumberedSource.of(CONTENT, MESSAGES));
            peer.welcome().swallow(MESSAGES * MESSAGE_BYTES);
            long start = System.nanoTime();
            peer.kill();
            hears(algorithm, MessageType.NODE_FAILED);
            long took = System.nanoTime() - start;
            assertThat(algorithm.heard(MessageType.LINK_FAILED).getFirst().param2())
                    .isEqualTo(MESSAGES);
            Heard notice = algorithm.heard(MessageType.NODE_FAILED).getFirst();
            assertThat(notice.text()).startsWith(peer.id().toString());
            assertThat(Testbed.count(from, "messages.lost")).isEqualTo(MESSAGES);
            assertThat(Testbed.count(from, "bytes.lost")).isEqualTo(MESSAGES * MESSAGE_BYTES);
            assertThat(testbed.happened("node.failed")).hasSize(round);
            return took;
        }
    }

    @Test
    void a_neighbour_that_is_left_another_link_is_not_told_as_failed() {
        Node to = testbed.node("to");
        Forwarder algorithm = Testbed.serve(to, Forwarder.to());
        try (RawPeer one = RawPeer.link(to.id())) {
            RawPeer other = RawPeer.connect(to.id()).introduceAs(one.id());
            Await.until("two links", () -> to.status().upstreams().size() == 2);
            other.close();
            hears(algorithm, MessageType.LINK_FAILED);
            assertThat(algorithm.heard(MessageType.NODE_FAILED)).isEmpty();
        }
        hears(algorithm, MessageType.NODE_FAILED);
        assertThat(algorithm.heard(MessageType.LINK_FAILED)).hasSize(2);
        assertThat(algorithm.heard(MessageType.NODE_FAILED)).hasSize(1);
    }

    @Test
    void a_killed_neighbour_that_is_sent_to_again_at_once_is_told_as_failed_before_the_dial_has_failed() {
        try (DeafPeer peer = new DeafPeer()) {
            Node from = testbed.node("from");
            Forwarder algorithm = Testbed.serve(from, Forwarder.to(peer.id()));
            NumberedSource source = Testbed.attach(from, Testbed.APP, NumberedSource.endless(CONTENT));
            peer.welcome().kill();
            hears(algorithm, MessageType.LINK_FAILED);
            hears(algorithm, MessageType.NODE_FAILED);
            assertThat(Testbed.count(from, "dials.failed")).isZero();
            source.stop();
        }
    }

    @Test
    void a_node_that_is_dialled_in_vain_again_is_told_as_failed_once_until_it_has_lived_again() {
        try (RefusingPort nobody = new RefusingPort()) {
            Node from = testbed.node("from");
            Forwarder algorithm = Testbed.serve(from, Forwarder.to());
            for (int round = 1; round <= 2; round++) {
                int dials = round;
                from.engine().send(message(from), nobody.id());
                Await.until("the dial has failed", () -> failures(algorithm) == dials);
            }
            assertThat(testbed.happened("node.failed")).hasSize(1);
            RawPeer.connect(from.id()).introduceAs(nobody.id()).close();
            Await.until("the link is told as failed, too", () -> failures(algorithm) == 3);
            Await.until(
                    "and the node anew",
                    () -> algorithm.heard(MessageType.NODE_FAILED).size() == 2);
            assertThat(testbed.happened("node.failed")).hasSize(2);
        }
    }

    private static int failures(Forwarder algorithm) {
        return algorithm.heard(MessageType.LINK_FAILED).size();
    }

    @Test
    void a_node_that_says_bye_has_not_failed() {
        Node to = testbed.node("to");
        Testbed.serve(to, Forwarder.to());
        Node from = testbed.node("from");
        Forwarder algorithm = Testbed.serve(from, Forwarder.to());
        from.engine().send(message(from), to.id());
        hears(algorithm, MessageType.LINK_UP);
        to.close();
        hears(algorithm, MessageType.LINK_CLOSED);
        assertThat(algorithm.heard(MessageType.NODE_FAILED)).isEmpty();
    }

    @Test
    void a_peer_that_takes_links_and_drops_them_is_not_dialled_in_a_hot_loop() {
        AtomicInteger dials = new AtomicInteger();
        try (Answerer dropping = new Answerer(channel -> {
            Answerer.welcome(channel);
            dials.incrementAndGet();
            Channels.close(channel);
        })) {
            Node from = testbed.node("from");
            Forwarder algorithm = Testbed.serve(from, Forwarder.to(dropping.id()));
            Testbed.attach(from, Testbed.APP, NumberedSource.endless(CONTENT));
            Await.until("it is dialled again and again", () -> dials.get() > DialPace.BURST);
            int before = dials.get();
            long passedNs = Await.passes(SECONDS);
            int most = 2 + (int) (passedNs / 1_000_000 / DialPace.SPACING_MS);
            assertThat(dials.get() - before).isBetween(1, most);
            assertThat(algorithm.heard(MessageType.NODE_FAILED)).hasSizeGreaterThan(DialPace.BURST);
        }
    }

    @Test
    void what_is_sent_to_many_reaches_those_that_are_there_and_is_counted_for_those_that_are_not() {
        try (RefusingPort nobody = new RefusingPort()) {
            Node one = testbed.node("one");
            Node two = testbed.node("two");
            Testbed.serve(one, Forwarder.delivering());
            Testbed.serve(two, Forwarder.delivering());
            CheckingSink first = Testbed.attach(one, Testbed.APP, new CheckingSink(CONTENT));
            CheckingSink second = Testbed.attach(two, Testbed.APP, new CheckingSink(CONTENT));
            Node from = testbed.node("from");
            Forwarder algorithm = Testbed.serve(from, Forwarder.delivering(one.id(), nobody.id(), two.id()));
            CheckingSink own = Testbed.attach(from, Testbed.APP, new CheckingSink(CONTENT));
            Node source = testbed.node("source");
            Testbed.serve(source, Forwarder.to(from.id()));
            Testbed.attach(source, Testbed.APP, NumberedSource.of(CONTENT, MESSAGES));

            hears(algorithm, MessageType.NODE_FAILED);
            Await.until(
                    "all others have all",
                    () -> first.received() == MESSAGES && second.received() == MESSAGES && own.received() == MESSAGES);
            assertThat(first.account()).isEqualTo(CheckingSink.intact(MESSAGES));
            assertThat(second.account()).isEqualTo(CheckingSink.intact(MESSAGES));
            Heard notice = algorithm.heard(MessageType.LINK_FAILED).getFirst();
            assertThat(notice.text()).startsWith(nobody.id().toString());
            assertThat(notice.param2()).isEqualTo(MESSAGES);
            assertThat(Testbed.count(from, "bytes.lost")).isEqualTo(MESSAGES * MESSAGE_BYTES);
        }
    }

    @Test
    void what_a_node_sends_to_itself_is_for_its_application_and_without_one_is_counted() {
        Node node = testbed.node("node");
        Testbed.serve(node, Forwarder.to());
        node.engine().send(message(node), node.id());
        Await.until("it is counted", () -> Testbed.count(node, "messages.undelivered") == 1);
        CheckingSink sink = Testbed.attach(node, Testbed.APP, new CheckingSink(CONTENT));
        node.engine().send(message(node), node.id());
        Await.until("it arrives", () -> sink.received() == 1);
        assertThat(node.status().downstreams()).as("links to itself").isEmpty();
        assertThat(Testbed.count(node, "messages.lost")).isZero();
    }

    @Test
    void counters_of_both_sides_are_equal_when_a_link_ends_gracefully() {
        Node to = testbed.node("to", 64 << 10);
        Testbed.serve(to, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(to, Testbed.APP, new CheckingSink(CONTENT));
        Node from = testbed.node("from");
        Forwarder algorithm = Testbed.serve(from, Forwarder.to(to.id()));
        NumberedSource source = Testbed.attach(from, Testbed.APP, NumberedSource.endless(CONTENT));
        Await.until("it flows", () -> sink.received() > 1_000);
        from.close();
        Await.until("the link is over", () -> to.status().upstreams().isEmpty());
        Await.until(
                "each message is delivered or counted",
                () -> sink.received() + from.count(Count.MESSAGES_LOST) == source.produced());
        assertThat(algorithm.heard(MessageType.LINK_FAILED)).isEmpty();
        assertThat(from.count(Count.BYTES_LOST)).isEqualTo(from.count(Count.MESSAGES_LOST) * MESSAGE_BYTES);
        assertThat(to.count(Count.MESSAGES_LOST)).isZero();
        List<JsonObject> ends = testbed.happened("link.closed").stream()
                .map(Testbed.Happened::detail)
                .toList();
        assertThat(ends)
                .extracting(end -> end.get("taken").getAsLong())
                .as("taken, as each side says")
                .containsExactly(sink.received(), sink.received());
        assertThat(ends)
                .extracting(end -> end.get("lost").getAsLong())
                .containsExactlyInAnyOrder(0L, from.count(Count.MESSAGES_LOST));
    }

    @Test
    void counters_of_both_sides_of_a_link_are_equal_when_all_has_passed() {
        Node to = testbed.node("to");
        Testbed.serve(to, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(to, Testbed.APP, new CheckingSink(CONTENT));
        Node from = testbed.node("from");
        Testbed.serve(from, Forwarder.to(to.id()));
        NumberedSource source = Testbed.attach(from, Testbed.APP, NumberedSource.endless(CONTENT));
        for (int i = 0; i < MESSAGES; i++) {
            from.engine().send(Message.builder(from.id(), MessageType.CUSTOM).build(), to.id());
        }
        Await.until("it flows", () -> sink.received() > 1_000);
        source.stop();
        Await.until("all arrive", () -> sink.received() == source.produced());
        Await.until("the control, too", () -> counted(to.status().upstreams()).contains((long) MESSAGES));
        assertThat(counted(from.status().downstreams()))
                .isEqualTo(counted(to.status().upstreams()))
                .containsExactly(source.produced(), source.produced() * MESSAGE_BYTES, (long) MESSAGES);
    }

    /** Of the only link: messages and bytes of data, messages of control. */
    private static List<Long> counted(List<LinkStatus> links) {
        LinkStatus link = links.getFirst();
        return List.of(link.messages(), link.bytes(), link.controlMessages());
    }
}
