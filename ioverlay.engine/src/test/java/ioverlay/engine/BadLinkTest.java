package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.io.counts.Count;
import ioverlay.io.opening.Limits;
import ioverlay.io.wire.LinkType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that open a link and then break a rule: they lose it, a counter and a log line say why, nobody else notices. */
@Timeout(120)
@Tag("waits")
class BadLinkTest {
    private static final Limits IMPATIENT = new Limits(1_000, 1_000, 1_000, 1_000, 64);
    private static final int WINDOW = 8 << 10;
    private static final int MAX_PAYLOAD = 100_000;
    private static final int OTHER = 9;
    private static final int FAR_APART_MS = 20;

    private final Bystander bystander = new Bystander(IMPATIENT, WINDOW, MAX_PAYLOAD);
    private final Node node = bystander.node;

    @AfterEach
    void close() {
        bystander.close();
    }

    private void losesIt(RawPeer peer, Count kind, String why) {
        peer.readsToTheEnd();
        bystander.counts(kind, 1);
        bystander.tells("link.broken", "the link from " + peer.id() + " was ended: ", why);
        bystander.tells("link.failed", peer.id().toString(), why);
        bystander.hasOneUpstream();
        assertThat(bystander.count(Count.LINKS_FAILED)).isOne();
        bystander.isUntouched();
    }

    static Stream<Arguments> brokenHeaders() {
        return Stream.of(
                Arguments.of(Messages.header(0, 9, 0), "type is 1 to 65535, not 0"),
                Arguments.of(Messages.header(0x4001, 9, 0), "bit 14"),
                Arguments.of(Messages.header(MessageType.DATA, 0, 0), "port of 1 to 65535, not 0"),
                Arguments.of(Messages.header(MessageType.DATA, 9, MAX_PAYLOAD + 1), "at most 100000 bytes, not 100001"),
                Arguments.of(Messages.header(MessageType.DATA, 9, Header.MAX_PAYLOAD + 1), "not 1048577"),
                Arguments.of(Messages.header(MessageType.DATA, 9, -1), "not 4294967295"),
                Arguments.of(
                        Messages.header(MessageType.CUSTOM, 9, Header.MAX_CONTROL_PAYLOAD + 1),
                        "at most 65536 bytes, not 65537"),
                Arguments.of(Messages.header(LinkType.HELLO, 9, 0), "carries no message of type 0xc001"),
                Arguments.of(Messages.header(LinkType.CREDIT, 9, 0), "carries no message of type 0xc004"),
                Arguments.of(Messages.header(0xc0ff, 9, 0), "carries no message of type 0xc0ff"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("brokenHeaders")
    void a_broken_header_costs_the_link(ByteBuffer header, String why) {
        try (RawPeer peer = RawPeer.link(node.id())) {
            peer.says(Messages.data(OTHER, 0, 100));
            peer.says(header);
            losesIt(peer, Count.LINKS_BROKEN_HEADER, why);
        }
    }

    @Test
    void what_came_before_a_broken_header_is_processed() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            ByteBuffer both = ByteBuffer.allocate(1_000);
            for (int i = 0; i < 5; i++) {
                both.put(Messages.data(OTHER, i, 100));
            }
            peer.says(both.put(Messages.header(0, 9, 0)).flip());
            bystander.counts(Count.MESSAGES_UNDELIVERED, 5);
        }
    }

    @Test
    void random_bytes_cost_the_link() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            byte[] noise = new byte[4096];
            new Random(7).nextBytes(noise);
            noise[0] = 0x40; // bit 14 without bit 15
            peer.says(noise);
            losesIt(peer, Count.LINKS_BROKEN_HEADER, "bit 14");
        }
    }

    @Test
    void silence_in_the_middle_of_a_header_costs_the_link() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            peer.says(Messages.data(OTHER, 0, 100).limit(10));
            losesIt(peer, Count.LINKS_BROKEN_STALLED, "stopped in the middle of a message for 1000 ms");
        }
    }

    @Test
    void silence_in_the_middle_of_a_payload_costs_the_link() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            peer.says(Messages.data(OTHER, 0, 50_000).limit(20_000));
            losesIt(peer, Count.LINKS_BROKEN_STALLED, "stopped in the middle of a message for 1000 ms");
        }
    }

    @Test
    void a_trickle_costs_the_link() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            int said = peer.trickles(Messages.data(OTHER, 0, 50_000), Duration.ofMillis(FAR_APART_MS));
            assertThat(said).isLessThan(50_000);
            losesIt(peer, Count.LINKS_BROKEN_STALLED, "stopped in the middle of a message");
        }
    }

    @Test
    void silence_between_messages_costs_nothing() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            peer.says(Messages.data(OTHER, 0, 100));
            Await.passes(Duration.ofMillis(2 * IMPATIENT.stallMs()));
            peer.says(Messages.data(OTHER, 1, 100));
            bystander.counts(Count.MESSAGES_UNDELIVERED, 2);
            assertThat(node.status().upstreams()).hasSize(2);
            bystander.isUntouched();
        }
    }

    @Test
    void closing_in_the_middle_of_a_message_is_counted_as_such() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            peer.says(Messages.data(OTHER, 0, 1_000).limit(500));
            peer.closesItsSide();
            losesIt(peer, Count.LINKS_BROKEN_MIDDLE, "closed in the middle of a message");
        }
    }

    @Test
    void closing_without_bye_is_a_failure_but_breaks_no_rule_of_the_wire() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            peer.says(Messages.data(OTHER, 0, 100));
            peer.closesItsSide();
            peer.readsToTheEnd();
            bystander.counts(Count.LINKS_FAILED, 1);
            bystander.hasOneUpstream();
            assertThat(bystander.count(Count.LINKS_BROKEN_MIDDLE)).isZero();
            assertThat(bystander.testbed.happened("link.failed").getFirst().sentence())
                    .contains("closed without BYE");
            bystander.isUntouched();
        }
    }

    @Test
    void data_beyond_the_credit_costs_the_link() {
        node.occupy(Testbed.candidate(node, OTHER, Forwarder.delivering()));
        node.park(OTHER);
        try (RawPeer peer = RawPeer.link(node.id())) {
            for (int i = 0; i <= WINDOW / 1024; i++) {
                peer.says(Messages.data(OTHER, i, 1024 - Header.BYTES));
            }
            losesIt(peer, Count.LINKS_BROKEN_CREDIT, "was granted 8192 bytes for application 9");
        }
    }

    @Test
    void a_last_message_that_begins_within_the_credit_may_go_beyond_it() {
        node.occupy(Testbed.candidate(node, OTHER, Forwarder.delivering()));
        node.park(OTHER);
        try (RawPeer peer = RawPeer.link(node.id())) {
            peer.says(Messages.data(OTHER, 0, WINDOW - 1 - Header.BYTES));
            peer.says(Messages.data(OTHER, 1, MAX_PAYLOAD));
            Await.until(
                    "both are there",
                    () -> node.status().upstreams().stream()
                            .anyMatch(link -> link.queuedBytes() == WINDOW - 1 + Header.BYTES + MAX_PAYLOAD));
            peer.says(Messages.data(OTHER, 2, 0));
            losesIt(peer, Count.LINKS_BROKEN_CREDIT, "was granted 8192 bytes");
        }
    }

    @Test
    void as_many_applications_as_a_link_may_carry_are_carried_and_one_more_costs_it() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            for (int application = 1000; application < 1000 + InLink.MAX_APPLICATIONS; application++) {
                peer.says(Messages.data(application, 0, 10));
            }
            bystander.counts(Count.MESSAGES_UNDELIVERED, InLink.MAX_APPLICATIONS);
            peer.says(Messages.data(5000, 0, 10));
            losesIt(peer, Count.LINKS_BROKEN_CREDIT, "at most 256 applications");
        }
    }

    @Test
    void notices_and_requests_of_an_engine_are_dropped_and_counted() {
        try (RawPeer peer = RawPeer.link(node.id())) {
            peer.says(Messages.any(MessageType.LINK_FAILED, Testbed.APP, 0, 20));
            peer.says(Messages.any(MessageType.TIMER, Testbed.APP, 1, 0));
            peer.says(Messages.any(MessageType.SET_WEIGHT, Testbed.APP, 1, 7));
            bystander.counts(Count.MESSAGES_FOREIGN, 3);
            peer.says(Messages.data(OTHER, 0, 10));
            bystander.counts(Count.MESSAGES_UNDELIVERED, 1);
            assertThat(node.status().upstreams()).hasSize(2);
            bystander.isUntouched();
        }
    }

    @Test
    void one_that_never_reads_its_credits_loses_the_link_and_costs_the_others_nothing() {
        sendsWithoutReading(ByteBuffer.allocate(0));
    }

    @Test
    void one_that_guesses_the_answer_to_whether_it_reads_loses_the_link_too() {
        ByteBuffer guesses = ByteBuffer.allocate(100 * Header.BYTES);
        for (int guess = 0; guess < 100; guess++) {
            guesses.put(Messages.any(LinkType.ECHO_REPLY, 0, guess, 0));
        }
        sendsWithoutReading(guesses.flip());
    }

    /** Keeps within its credit without reading it, for as long as it can. */
    private void sendsWithoutReading(ByteBuffer more) {
        int applications = 200;
        ByteBuffer round = ByteBuffer.allocate(applications * WINDOW / 2 + more.remaining());
        for (int application = 1000; application < 1000 + applications; application++) {
            round.put(Messages.data(application, 0, WINDOW / 2 - Header.BYTES));
        }
        round.put(more);
        try (RawPeer peer = RawPeer.connect(node.id(), 4 << 10).introduce()) {
            for (int rounds = 1; rounds < 200 && peer.says(round.clear()); rounds++) {
                long taken = (long) rounds * applications;
                Await.until(
                        "round " + rounds + " is taken, or the link is lost",
                        () -> bystander.count(Count.MESSAGES_UNDELIVERED) == taken
                                || bystander.count(Count.LINKS_BROKEN_CREDIT) == 1);
            }
            losesIt(peer, Count.LINKS_BROKEN_CREDIT, "does not read its credits");
        }
    }

    @Test
    void many_bad_peers_at_once_are_all_shown_out() {
        for (int round = 0; round < 40; round++) {
            try (RawPeer peer = RawPeer.link(node.id())) {
                peer.says(Messages.header(0, 9, 0));
            }
        }
        bystander.counts(Count.LINKS_BROKEN_HEADER, 40);
        bystander.hasOneUpstream();
        bystander.isUntouched();
    }
}
