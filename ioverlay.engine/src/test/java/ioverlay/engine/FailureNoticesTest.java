package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.engine.Forwarder.Heard;
import ioverlay.engine.Overhearer.Answer;
import ioverlay.io.opening.Limits;
import ioverlay.io.wire.LinkType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an algorithm hears when a neighbour goes, fails, or was never there. */
@Tag("waits")
class FailureNoticesTest {
    private static final int UPSTREAM = 1;
    private static final int DOWNSTREAM = 2;
    private static final Content CONTENT = Content.of(1_000);
    private static final int MESSAGE_BYTES = Header.BYTES + 1_000;
    private static final int MESSAGES = 10;
    private static final Duration DIAL_BOUND = Duration.ofSeconds(8);

    private static final Limits HASTY = new Limits(3_000, 5_000, 5_000, 5_000, 64, 300);

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    private static void send(Node from, NodeId to, int messages) {
        for (int i = 0; i < messages; i++) {
            from.engine()
                    .send(
                            Message.builder(from.id(), MessageType.DATA)
                                    .application(Testbed.APP)
                                    .sequence(i)
                                    .payload(new byte[1_000])
                                    .build(),
                            to);
        }
    }

    @Test
    void a_downstream_that_leaves_is_told_as_closed_with_nothing_lost() {
        Node to = testbed.node("to");
        Node from = testbed.node("from");
        Testbed.serve(to, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(to, Testbed.APP, new CheckingSink(CONTENT));
        Forwarder forwarder = Testbed.serve(from, Forwarder.to(to.id()));
        Testbed.attach(from, Testbed.APP, NumberedSource.of(CONTENT, MESSAGES));
        Await.until("all arrive", () -> sink.received() == MESSAGES);

        to.close();
        Await.until("the link is told as closed", () -> forwarder.hasHeard(MessageType.LINK_CLOSED));
        Heard notice = forwarder.heard(MessageType.LINK_CLOSED).getFirst();
        assertThat(notice.text()).startsWith(to.id().toString());
        assertThat(notice.param1()).isEqualTo(DOWNSTREAM);
        assertThat(notice.param2()).as("lost").isZero();
        assertThat(forwarder.heard(MessageType.LINK_FAILED)).isEmpty();
        assertThat(Testbed.count(from, "messages.lost")).isZero();
    }

    @Test
    void an_upstream_that_leaves_is_told_as_closed() {
        Node to = testbed.node("to");
        Node from = testbed.node("from");
        Forwarder receiver = Testbed.serve(to, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(to, Testbed.APP, new CheckingSink(CONTENT));
        Testbed.serve(from, Forwarder.to(to.id()));
        Testbed.attach(from, Testbed.APP, NumberedSource.of(CONTENT, MESSAGES));
        Await.until("all arrive", () -> sink.received() == MESSAGES);

        from.close();
        Await.until("the link is told as closed", () -> receiver.hasHeard(MessageType.LINK_CLOSED));
        assertThat(receiver.heard(MessageType.LINK_CLOSED).getFirst().param1()).isEqualTo(UPSTREAM);
        assertThat(receiver.heard(MessageType.LINK_FAILED)).isEmpty();
    }

    @Test
    void a_killed_downstream_is_told_as_failed_with_the_number_of_unacknowledged_messages() {
        try (DeafPeer peer = new DeafPeer()) {
            Node from = testbed.node("from");
            Forwarder forwarder = Testbed.serve(from, Forwarder.to(peer.id()));
            Testbed.attach(from, Testbed.APP, NumberedSource.of(CONTENT, MESSAGES));
            peer.welcome().swallow(MESSAGES * MESSAGE_BYTES);
            peer.kill();

            Await.until("the link is told as failed", () -> forwarder.hasHeard(MessageType.LINK_FAILED));
            Heard notice = forwarder.heard(MessageType.LINK_FAILED).getFirst();
            assertThat(notice.text()).startsWith(peer.id().toString());
            assertThat(notice.param1()).isEqualTo(DOWNSTREAM);
            assertThat(notice.param2()).as("unacknowledged").isEqualTo(MESSAGES);
            assertThat(Testbed.count(from, "messages.lost")).isEqualTo(MESSAGES);
            assertThat(Testbed.count(from, "links.failed")).isEqualTo(1);
        }
    }

    @Test
    void a_downstream_that_says_bye_and_never_ends_is_dropped_and_what_it_was_sent_is_counted() {
        try (Testbed impatient = Testbed.open(HASTY);
                DeafPeer peer = new DeafPeer()) {
            Node from = impatient.node("from");
            Forwarder forwarder = Testbed.serve(from, Forwarder.to(peer.id()));
            Testbed.attach(from, Testbed.APP, NumberedSource.of(CONTENT, MESSAGES));
            peer.welcome().swallow(MESSAGES * MESSAGE_BYTES);
            peer.bye();

            Await.until("the link is told as closed", () -> forwarder.hasHeard(MessageType.LINK_CLOSED));
            Heard notice = forwarder.heard(MessageType.LINK_CLOSED).getFirst();
            assertThat(notice.text()).contains("did not end the link within 300 ms");
            assertThat(notice.param2()).as("unacknowledged").isEqualTo(MESSAGES);
        }
    }

    @Test
    void a_link_that_ends_before_a_slow_cap_is_waited_for_by_both_sides_and_loses_nothing() throws Exception {
        Content large = Content.of(10_000);
        try (Testbed impatient = Testbed.open(HASTY)) {
            Node to = impatient.node("to");
            Forwarder receiver = Testbed.serve(to, Forwarder.delivering());
            CheckingSink sink = Testbed.attach(to, Testbed.APP, new CheckingSink(large));
            to.emulate(JsonParser.parseString("{\"in\":10000}").getAsJsonObject());
            Node from = impatient.node("from");
            Forwarder forwarder = Testbed.serve(from, Forwarder.to(to.id()));
            NumberedSource source = Testbed.attach(from, Testbed.APP, NumberedSource.of(large, 4));
            Await.until("all are on their way", () -> source.produced() == 4);
            from.detach(Testbed.APP);

            Await.until("the link is told as closed", () -> receiver.hasHeard(MessageType.LINK_CLOSED));
            Await.until("above, too", () -> forwarder.hasHeard(MessageType.LINK_CLOSED));
            assertThat(sink.received()).isEqualTo(4);
            assertThat(forwarder.heard(MessageType.LINK_CLOSED).getFirst().param2())
                    .as("lost")
                    .isZero();
            assertThat(impatient.happened("link.failed")).isEmpty();
        }
    }

    @Test
    void what_is_not_taken_in_time_after_bye_is_no_failure_and_what_was_taken_is_said() {
        try (Testbed impatient = Testbed.open(HASTY)) {
            Node to = impatient.node("to");
            Testbed.serve(to, Forwarder.to());
            try (RawPeer from = RawPeer.link(to.id())) {
                Overhearer ear = new Overhearer(Answer.TRUTH).listen(from.channel());
                from.says(Messages.data(Testbed.APP, 0, 1_000));
                Await.until(
                        "it is taken", () -> to.status().upstreams().stream().anyMatch(link -> link.messages() == 1));
                to.park(0);
                from.says(Messages.data(Testbed.APP, 1, 1_000));
                from.says(Messages.any(LinkType.BYE, 0, 0, 0));
                Await.until("the link ends", () -> to.status().upstreams().isEmpty());
                assertThat(impatient.happened("link.closed")).hasSize(1);
                assertThat(impatient.happened("link.failed")).isEmpty();
                Await.until("what was taken is said", () -> ear.heard(LinkType.CREDIT) == 1);
            }
        }
    }

    @Test
    void what_waited_for_a_killed_downstream_is_counted_and_its_upstream_goes_on() {
        try (DeafPeer peer = new DeafPeer()) {
            Node from = testbed.node("from", 8 << 10);
            Forwarder forwarder = Testbed.serve(from, Forwarder.delivering(peer.id()));
            CheckingSink local = Testbed.attach(from, Testbed.APP, new CheckingSink(CONTENT));
            testbed.happened("link.failed");
            Node source = testbed.node("source", 8 << 10);
            Testbed.serve(source, Forwarder.to(from.id()));
            NumberedSource numbers = Testbed.attach(source, Testbed.APP, NumberedSource.endless(CONTENT));
            peer.welcome();
            Await.until("the link to the deaf peer is full", () -> isFull(from) && standsStill(numbers));

            forwarder.route();
            peer.kill();
            Await.until("the session goes on without it", () -> local.received() > 1_000);
            numbers.stop();
            Await.until("all arrive", () -> local.received() == numbers.produced());
            assertThat(local.account()).isEqualTo(CheckingSink.intact(numbers.produced()));
            assertThat(Testbed.count(from, "messages.lost"))
                    .isEqualTo(
                            forwarder.heard(MessageType.LINK_FAILED).getFirst().param2())
                    .isGreaterThan(64_000 / MESSAGE_BYTES);
        }
    }

    /** The peer has been sent all that it has granted. */
    private static boolean isFull(Node from) {
        return from.status().downstreams().stream().anyMatch(link -> link.unacknowledgedBytes() > 64_000);
    }

    private static boolean standsStill(NumberedSource source) {
        long before = source.produced();
        Await.passes(Duration.ofMillis(50));
        return before > 0 && before == source.produced();
    }

    @Test
    void messages_to_nobody_are_counted_as_lost_in_bounded_time() {
        try (RefusingPort nobody = new RefusingPort()) {
            Node from = testbed.node("from");
            Forwarder forwarder = Testbed.serve(from, Forwarder.to());
            send(from, nobody.id(), MESSAGES);

            Await.within(DIAL_BOUND, "the dial is told as failed", () -> forwarder.hasHeard(MessageType.LINK_FAILED));
            Heard notice = forwarder.heard(MessageType.LINK_FAILED).getFirst();
            assertThat(notice.text()).startsWith(nobody.id().toString()).contains("refused");
            assertThat(notice.param1()).isEqualTo(DOWNSTREAM);
            assertThat(notice.param2()).as("lost").isEqualTo(MESSAGES);
            assertThat(Testbed.count(from, "dials.failed")).isEqualTo(1);
            assertThat(Testbed.count(from, "messages.lost")).isEqualTo(MESSAGES);
        }
    }

    @Test
    void what_is_sent_after_a_failed_dial_dials_again() {
        Node from = testbed.node("from");
        Forwarder forwarder = Testbed.serve(from, Forwarder.to());
        NodeId address;
        int port;
        try (RefusingPort nobody = new RefusingPort()) {
            address = nobody.id();
            port = nobody.port();
            send(from, address, 1);
            Await.within(DIAL_BOUND, "the dial is told as failed", () -> forwarder.hasHeard(MessageType.LINK_FAILED));
        }
        Node late = testbed.node("late", Testbed.LARGE_BUFFER, Header.MAX_PAYLOAD, port);
        Testbed.serve(late, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(late, Testbed.APP, new CheckingSink(CONTENT));

        send(from, address, 3);
        Await.until("what was sent then arrives", () -> sink.received() == 3);
        assertThat(forwarder.heard(MessageType.LINK_UP)).hasSize(1);
    }
}
