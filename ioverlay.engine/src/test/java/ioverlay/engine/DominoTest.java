package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.engine.Forwarder.Heard;
import ioverlay.io.wire.LinkType;
import ioverlay.traffic.silence.DialPace;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of links when the source that they serve is gone. */
class DominoTest {
    private static final Content CONTENT = Content.of(1_000);
    private static final int MESSAGES = 50;
    private static final int OTHER = 8;
    private static final int FAILED = 1;
    private static final int ENDED = 2;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Testbed testbed = Testbed.open();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Forwarder> forwarders = new ArrayList<>();
    private CheckingSink last;

    @AfterEach
    void close() {
        testbed.close();
    }

    /** A chain of nodes, the first one first; the last one delivers. */
    private void chain(int length) {
        Node next = null;
        for (int i = length; i > 0; i--) {
            Node node = testbed.node("n" + i);
            Forwarder algorithm = next == null ? Forwarder.delivering() : Forwarder.to(next.id());
            forwarders.addFirst(Testbed.serve(node, algorithm));
            nodes.addFirst(node);
            next = node;
        }
        last = Testbed.attach(nodes.getLast(), Testbed.APP, new CheckingSink(CONTENT));
    }

    private NumberedSource source(int application) {
        return Testbed.attach(nodes.getFirst(), application, NumberedSource.of(CONTENT, MESSAGES));
    }

    private static boolean isAlone(Node node) {
        return node.status().downstreams().isEmpty()
                && node.status().upstreams().isEmpty();
    }

    private static Heard sourceFailed(Forwarder algorithm) {
        Await.until("the source is told as gone", () -> algorithm.hasHeard(MessageType.SOURCE_FAILED));
        return algorithm.heard(MessageType.SOURCE_FAILED).getFirst();
    }

    private static void grace(Node node, int application, int millis) {
        node.engine()
                .send(
                        Message.builder(node.id(), MessageType.SET_GRACE)
                                .application(application)
                                .sequence(Header.params(millis, 0))
                                .build(),
                        node.id());
    }

    @Test
    void links_that_served_a_detached_source_go_hop_by_hop_behind_its_last_message() throws Exception {
        chain(4);
        source(Testbed.APP);
        Await.until("all arrive", () -> last.received() == MESSAGES);
        assertThat(nodes.getFirst().detach(Testbed.APP)).isTrue();

        Await.within(SECOND, "no link is left", () -> nodes.stream().allMatch(DominoTest::isAlone));
        for (Forwarder algorithm : forwarders) {
            Heard notice = sourceFailed(algorithm);
            assertThat(notice.param1()).isEqualTo(ENDED);
            assertThat(notice.param2()).as("upstreams left").isZero();
            assertThat(algorithm.heard(MessageType.SOURCE_FAILED)).hasSize(1);
            assertThat(algorithm.heard(MessageType.LINK_FAILED)).isEmpty();
        }
        assertThat(sourceFailed(forwarders.getFirst()).text()).contains("was detached");
        assertThat(sourceFailed(forwarders.getLast()).text())
                .startsWith(nodes.get(2).id().toString())
                .contains("its own source ended");
        assertThat(last.account()).isEqualTo(CheckingSink.intact(MESSAGES));
        for (Node node : nodes) {
            assertThat(Testbed.count(node, "messages.lost")).isZero();
        }
    }

    @Test
    void a_neighbour_that_is_parted_from_is_none_of_the_session_any_more_and_a_later_send_begins_anew() {
        chain(2);
        Node first = nodes.getFirst();
        NumberedSource endless = Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));
        Await.until("it flows", () -> last.received() > 0);
        forwarders.getFirst().route();
        first.engine()
                .send(
                        Message.builder(first.id(), MessageType.PART)
                                .application(Testbed.APP)
                                .payload(List.of(nodes.getLast().id()))
                                .build(),
                        first.id());

        assertThat(sourceFailed(forwarders.getLast()).param1()).isEqualTo(ENDED);
        Await.within(SECOND, "no link is left", () -> nodes.stream().allMatch(DominoTest::isAlone));
        assertThat(first.status().sessions().getFirst().downstreams()).isEmpty();
        long before = last.received();
        forwarders.getFirst().route(nodes.getLast().id());
        Await.until("it flows again", () -> last.received() > before);
        endless.stop();
        assertThat(forwarders.getLast().heard(MessageType.LINK_FAILED)).isEmpty();
    }

    @Test
    void a_session_that_shares_the_links_loses_nothing_and_keeps_them() throws Exception {
        chain(3);
        CheckingSink others = Testbed.attach(nodes.getLast(), OTHER, new CheckingSink(CONTENT));
        NumberedSource endless = Testbed.attach(nodes.getFirst(), OTHER, NumberedSource.endless(CONTENT));
        source(Testbed.APP);
        Await.until("both flow", () -> last.received() == MESSAGES && others.received() > 0);
        nodes.getFirst().detach(Testbed.APP);

        forwarders.forEach(DominoTest::sourceFailed);
        long before = others.received();
        Await.until("the other goes on", () -> others.received() > before + MESSAGES);
        endless.stop();
        Await.until("all of the other arrive", () -> others.received() == endless.produced());
        assertThat(others.account()).isEqualTo(CheckingSink.intact(endless.produced()));
        for (Forwarder algorithm : forwarders) {
            assertThat(algorithm.heard(MessageType.LINK_CLOSED)).isEmpty();
            assertThat(algorithm.heard(MessageType.SOURCE_FAILED)).hasSize(1);
        }
    }

    @Test
    void a_link_that_ends_in_the_middle_of_its_control_messages_leaves_nothing_behind() {
        chain(1);
        Node node = nodes.getFirst();
        int before = ports(node);
        ByteBuffer flood = ByteBuffer.allocate(10_000 * Header.BYTES);
        while (flood.hasRemaining()) {
            flood.put(Messages.header(MessageType.LINK_UP, 9, 0));
        }
        try (RawPeer upstream = RawPeer.link(node.id())) {
            upstream.says(flood.flip());
        }
        Await.until("all are heard", () -> Testbed.count(node, "messages.foreign") == 10_000);
        Await.until("the link is gone", () -> isAlone(node));
        Await.until("its ports are forgotten", () -> ports(node) == before);
    }

    private static int ports(Node node) {
        return Node.ask(node.node(), () -> node.node().ports.all().size());
    }

    @Test
    void what_a_slot_sent_of_itself_keeps_its_links_until_the_slot_is_vacated() throws Exception {
        chain(2);
        Node first = nodes.getFirst();
        Forwarder slot =
                Testbed.serve(first, Testbed.APP, Forwarder.to(nodes.getLast().id()));
        Message own = Message.builder(first.id(), MessageType.DATA)
                .application(Testbed.APP)
                .payload(new byte[1_000])
                .build();
        first.engine().send(own, nodes.getLast().id());
        source(Testbed.APP);
        Await.until("all arrive", () -> last.received() == MESSAGES + 1);
        first.detach(Testbed.APP);
        sourceFailed(slot);
        assertThat(isAlone(first)).as("while the slot may send").isFalse();
        first.vacate(Testbed.APP);
        Await.within(SECOND, "no link is left", () -> nodes.stream().allMatch(DominoTest::isAlone));
        assertThat(sourceFailed(forwarders.getLast()).param1()).isEqualTo(ENDED);
    }

    @Test
    void a_dead_upstream_is_a_failed_source_to_everybody_below() {
        chain(3);
        try (RawPeer upstream = RawPeer.link(nodes.getFirst().id())) {
            upstream.says(Messages.data(Testbed.APP, 0, 1_000));
            Await.until("it arrives", () -> last.received() == 1);
        }
        Await.within(SECOND, "no link is left", () -> nodes.stream().allMatch(DominoTest::isAlone));
        for (Forwarder algorithm : forwarders) {
            assertThat(sourceFailed(algorithm).param1()).isEqualTo(FAILED);
        }
        assertThat(forwarders.getFirst().heard(MessageType.LINK_FAILED)).hasSize(1);
        assertThat(forwarders.get(1).heard(MessageType.LINK_FAILED)).isEmpty();
    }

    @Test
    void the_first_of_two_upstreams_that_goes_leaves_one_and_the_links() {
        chain(2);
        try (RawPeer one = RawPeer.link(nodes.getFirst().id())) {
            try (RawPeer two = RawPeer.link(nodes.getFirst().id())) {
                one.says(Messages.data(Testbed.APP, 0, 1_000));
                two.says(Messages.data(Testbed.APP, 1, 1_000));
                Await.until("both arrive", () -> last.received() == 2);
            }
            assertThat(sourceFailed(forwarders.getFirst()).param2()).isOne();
            one.says(Messages.data(Testbed.APP, 2, 1_000));
            Await.until("the other one goes on", () -> last.received() == 3);
            assertThat(forwarders.getFirst().heard(MessageType.LINK_CLOSED)).isEmpty();
            assertThat(forwarders.getLast().heard(MessageType.SOURCE_FAILED)).isEmpty();
        }
    }

    @Test
    void within_the_grace_another_upstream_keeps_the_links() {
        chain(2);
        grace(nodes.getFirst(), 0, 600_000);
        try (RawPeer one = RawPeer.link(nodes.getFirst().id())) {
            one.says(Messages.data(Testbed.APP, 0, 1_000));
            Await.until("it arrives", () -> last.received() == 1);
        }
        assertThat(sourceFailed(forwarders.getFirst()).param2()).isZero();
        try (RawPeer two = RawPeer.link(nodes.getFirst().id())) {
            two.says(Messages.data(Testbed.APP, 1, 1_000));
            Await.until("it arrives on the old link", () -> last.received() == 2);
            assertThat(forwarders.getLast().heard(MessageType.LINK_UP)).hasSize(1);
        }
    }

    @Test
    void after_the_grace_the_links_go_and_a_later_send_opens_new_ones() {
        chain(2);
        grace(nodes.getFirst(), 0, 50);
        for (int round = 1; round <= 2; round++) {
            int rounds = round;
            try (RawPeer one = RawPeer.link(nodes.getFirst().id())) {
                one.says(Messages.data(Testbed.APP, 0, 1_000));
                Await.until("it arrives", () -> last.received() == rounds);
            }
            Await.within(SECOND, "no link is left", () -> nodes.stream().allMatch(DominoTest::isAlone));
        }
        assertThat(forwarders.getLast().heard(MessageType.LINK_UP)).hasSize(2);
        Await.until(
                "both are told as closed",
                () -> forwarders.getLast().heard(MessageType.LINK_CLOSED).size() == 2);
    }

    @Test
    void a_slow_and_late_link_goes_behind_its_last_message_too() throws Exception {
        chain(2);
        String slow = "{\"links\":[{\"to\":\"" + nodes.getLast().id()
                + "\",\"bytesPerSecond\":200000,\"latencyMillis\":50}]}";
        source(Testbed.APP);
        Await.until("it flows", () -> last.received() == MESSAGES);
        nodes.getFirst().emulate(JsonParser.parseString(slow).getAsJsonObject());
        CheckingSink others = Testbed.attach(nodes.getLast(), OTHER, new CheckingSink(CONTENT));
        NumberedSource more = NumberedSource.of(CONTENT, MESSAGES);
        Testbed.attach(nodes.getFirst(), OTHER, more);
        Await.until("the other source has sent", () -> more.produced() == MESSAGES);
        nodes.getFirst().detach(OTHER);
        nodes.getFirst().detach(Testbed.APP);
        Await.until("no link is left", () -> nodes.stream().allMatch(DominoTest::isAlone));
        assertThat(others.account()).isEqualTo(CheckingSink.intact(MESSAGES));
        assertThat(forwarders.getLast().heard(MessageType.SOURCE_FAILED)).hasSize(2);
    }

    @Test
    void a_grace_out_of_range_is_refused() {
        chain(1);
        grace(nodes.getFirst(), 0, 600_001);
        Await.until(
                "a sentence",
                () -> testbed.happened("request.refused").stream()
                        .anyMatch(event -> event.sentence().contains("0 to 600000 ms, not 600001")));
    }

    @Test
    void a_peer_that_ends_and_revives_its_source_for_ever_is_served_and_bounded() {
        chain(2);
        int rounds = 20_000;
        int ports = ports(nodes.getFirst());
        long start = System.nanoTime();
        try (RawPeer peer = RawPeer.link(nodes.getFirst().id())) {
            ByteBuffer flood = ByteBuffer.allocate(rounds * 2 * Header.BYTES);
            for (int i = 0; i < rounds; i++) {
                flood.put(Messages.data(1, i, 0));
                flood.put(Messages.header(LinkType.SOURCE_GONE, 9, 0));
            }
            peer.says(flood.flip());
            peer.says(Messages.data(Testbed.APP, 0, 1_000));
            Await.until("it arrives", () -> last.received() == 1);
            Await.until("all others do, too", () -> Testbed.count(nodes.getLast(), "messages.undelivered") == rounds);
            assertThat(Testbed.count(nodes.getFirst(), "messages.lost")).isZero();
            assertThat(ports(nodes.getFirst())).as("ports").isLessThanOrEqualTo(ports + 3);
        }
        long mostLinks = DialPace.BURST + (System.nanoTime() - start) / 1_000_000 / DialPace.SPACING_MS + 1;
        assertThat(testbed.happened("link.up"))
                .as("links in all, both ends")
                .hasSizeLessThanOrEqualTo(1 + 2 * (int) mostLinks);
        Await.until("no link is left", () -> nodes.stream().allMatch(DominoTest::isAlone));
        Await.until("its ports are forgotten", () -> ports(nodes.getFirst()) == ports);
    }
}
