package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.engine.Forwarder.Heard;
import ioverlay.engine.Overhearer.Answer;
import ioverlay.io.wire.LinkType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A link that owes and is silent has failed in time; one that is idle, parked or blocked has not, and sends nothing. */
class SilenceTest {
    private static final int LIMIT_MS = 1_000;
    private static final Duration LIMIT = Duration.ofMillis(LIMIT_MS);

    /** For what must not happen. */
    private static final int SHORT_MS = 400;

    private static final Duration LONG = Duration.ofMillis(3 * SHORT_MS);
    private static final long BOUND_NS = LIMIT.toNanos() * 11 / 10;
    private static final Content CONTENT = Content.of(1_000);
    private static final int ROUNDS = 3;

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    private Node node(String name) {
        return testbed.impatient(name, SHORT_MS);
    }

    private static void send(Node from, NodeId to, int messages) {
        for (int i = 0; i < messages; i++) {
            Message message = Message.builder(from.id(), MessageType.DATA)
                    .application(Testbed.APP)
                    .sequence(i)
                    .payload(new byte[1_000])
                    .build();
            from.engine().send(message, to);
        }
    }

    private static Heard failed(Forwarder algorithm) {
        Await.until("the link is told as failed", () -> algorithm.hasHeard(MessageType.LINK_FAILED));
        return algorithm.heard(MessageType.LINK_FAILED).getFirst();
    }

    private static boolean isSilent(Overhearer ear) {
        long before = ear.bytes();
        Await.passes(LONG);
        return ear.bytes() == before;
    }

    private static Answerer downstream(Overhearer ear) {
        return new Answerer(channel -> {
            Answerer.welcome(channel);
            ear.listen(channel);
        });
    }

    @Test
    void a_downstream_that_acknowledges_nothing_and_does_not_answer_has_failed_in_time() {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && best > BOUND_NS; round++) {
            Overhearer ear = new Overhearer(Answer.NOTHING);
            Node node = testbed.impatient("node" + round, LIMIT_MS);
            Forwarder algorithm = Testbed.serve(node, Forwarder.to());
            try (Answerer deaf = downstream(ear)) {
                send(node, deaf.id(), 3);
                Await.until("it arrives", () -> ear.heard(MessageType.DATA) == 3);
                long start = System.nanoTime();
                Heard notice = failed(algorithm);
                best = Math.min(best, System.nanoTime() - start);
                assertThat(notice.text()).contains("owed and was silent for " + LIMIT_MS + " ms");
                assertThat(notice.param2()).as("unacknowledged").isEqualTo(3);
                assertThat(ear.suspicions()).as("asked").isOne();
                assertThat(Testbed.count(node, "links.silent")).isOne();
            }
        }
        assertThat(best).isBetween(LIMIT.toNanos() * 9 / 10, BOUND_NS);
    }

    @Test
    void an_upstream_that_stops_without_a_word_has_failed_in_time() {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && best > BOUND_NS; round++) {
            Node node = testbed.impatient("node" + round, LIMIT_MS);
            Forwarder algorithm = Testbed.serve(node, Forwarder.to());
            Overhearer ear = new Overhearer(Answer.NOTHING);
            try (RawPeer peer = RawPeer.link(node.id())) {
                ear.listen(peer.channel());
                long start = System.nanoTime();
                peer.says(Messages.data(Testbed.APP, 0, 100));
                Heard notice = failed(algorithm);
                best = Math.min(best, System.nanoTime() - start);
                assertThat(notice.text()).contains("owed and was silent for " + LIMIT_MS + " ms");
                assertThat(ear.suspicions()).as("asked").isOne();
            }
        }
        assertThat(best).isBetween(LIMIT.toNanos() * 9 / 10, BOUND_NS);
    }

    @Test
    void a_downstream_that_withholds_credit_but_answers_is_asked_at_each_half_and_stays() {
        Overhearer ear = new Overhearer(Answer.TRUTH);
        Node node = node("node");
        Forwarder algorithm = Testbed.serve(node, Forwarder.to());
        try (Answerer blocked = downstream(ear)) {
            send(node, blocked.id(), 200);
            Await.passes(LONG);
            assertThat(algorithm.heard(MessageType.LINK_FAILED)).isEmpty();
            assertThat(ear.heard(LinkType.QUIET)).isOne();
            assertThat(ear.suspicions()).as("asked").isBetween(2L, LONG.toMillis() * 2 / SHORT_MS);
            assertThat(node.status().downstreams().getFirst().queuedBytes()).isPositive();
        }
    }

    @Test
    void a_downstream_that_is_blocked_for_long_and_then_dies_has_failed_in_time() {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && best > BOUND_NS; round++) {
            Overhearer ear = new Overhearer(Answer.TRUTH);
            Node node = testbed.impatient("node" + round, LIMIT_MS);
            Forwarder algorithm = Testbed.serve(node, Forwarder.to());
            try (Answerer blocked = downstream(ear)) {
                send(node, blocked.id(), 200);
                Await.until("it was asked, and asked again", () -> ear.suspicions() == 2);
                ear.fallSilent();
                long start = System.nanoTime();
                assertThat(failed(algorithm).text()).contains("owed and was silent for " + LIMIT_MS + " ms");
                best = Math.min(best, System.nanoTime() - start);
            }
        }
        assertThat(best).isLessThan(BOUND_NS);
    }

    @Test
    void what_was_taken_long_after_the_quiet_is_acknowledged_to_its_last_message() {
        int messages = 700; // more than half a window
        Node last = node("last");
        Testbed.serve(last, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        last.park(0);
        Node first = node("first");
        Testbed.serve(first, Forwarder.to(last.id()));
        Testbed.attach(first, Testbed.APP, NumberedSource.of(CONTENT, messages));
        Await.until("all wait there", () -> unacknowledged(first) > messages * 1_000L);
        Await.passes(Duration.ofMillis(SHORT_MS));
        last.exchange(Testbed.candidate(last, 0, Forwarder.delivering()));
        Await.until("all arrive", () -> sink.received() == messages);
        Await.until("all is acknowledged", () -> unacknowledged(first) == 0);
    }

    private static long unacknowledged(Node node) {
        return node.status().downstreams().stream()
                .mapToLong(link -> link.unacknowledgedBytes())
                .sum();
    }

    @Test
    void an_upstream_that_has_said_quiet_is_acknowledged_at_once_and_nothing_more_is_sent_to_it() {
        Node node = node("node");
        Forwarder algorithm = Testbed.serve(node, Forwarder.to());
        Overhearer ear = new Overhearer(Answer.NOTHING);
        try (RawPeer peer = RawPeer.link(node.id())) {
            ear.listen(peer.channel());
            peer.says(Messages.data(Testbed.APP, 0, 100));
            peer.says(Messages.any(LinkType.QUIET, Testbed.APP, 0, 0));
            Await.until("the credit", () -> ear.heard(LinkType.CREDIT) == 1);
            long before = ear.bytes();
            Await.passes(LONG);
            assertThat(ear.bytes() - before).as("bytes to an idle upstream").isZero();
            peer.says(Messages.data(Testbed.APP, 1, 100));
            assertThat(failed(algorithm).text()).as("its data ends the quiet").contains("was silent");
        }
    }

    @Test
    void an_idle_link_between_nodes_sends_nothing() {
        Overhearer there = new Overhearer(Answer.TRUTH_AND_CREDIT);
        Node first = node("first");
        Forwarder algorithm = Testbed.serve(first, Forwarder.to());
        try (Answerer downstream = downstream(there)) {
            send(first, downstream.id(), 10);
            Await.until("it is said to be quiet", () -> there.heard(LinkType.QUIET) == 1);
            Await.until("nothing comes any more", () -> isSilent(there));
            assertThat(there.suspicions()).isLessThan(2);
            assertThat(there.heard(LinkType.QUIET)).isOne();
            assertThat(algorithm.heard(MessageType.LINK_FAILED)).isEmpty();
        }
    }

    @Test
    void a_link_to_a_node_that_took_everything_is_asked_nothing_when_it_is_quiet() {
        Node last = node("last");
        Testbed.serve(last, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        try (SlowLine line = new SlowLine(last.id(), 50_000_000)) {
            Node first = node("first");
            Testbed.serve(first, Forwarder.to(line.id()));
            send(first, line.id(), 10);
            Await.until("all arrive", () -> sink.received() == 10);
            Await.passes(LONG);
            assertThat(line.passed(LinkType.QUIET)).isOne();
            assertThat(unacknowledged(first)).isZero();
            assertThat(line.suspicions()).as("asked, either way").isZero();
            last.park(0);
            send(first, line.id(), 10);
            Await.until("it is asked where something stays there", () -> line.suspicions() > 0);
        }
    }

    @Test
    void a_parked_downstream_does_not_look_dead_up_the_chain_nor_the_source_down_the_chain() {
        Node last = node("last");
        Testbed.serve(last, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        Node middle = node("middle");
        Forwarder relay = Testbed.serve(middle, Forwarder.to(last.id()));
        Node first = node("first");
        Forwarder head = Testbed.serve(first, Forwarder.to(middle.id()));
        NumberedSource source = Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));
        Await.until("it flows", () -> sink.received() > 100);
        last.park(0);
        Await.passes(LONG);
        assertThat(relay.heard(MessageType.LINK_FAILED)).isEmpty();
        assertThat(head.heard(MessageType.LINK_FAILED)).isEmpty();
        last.exchange(Testbed.candidate(last, 0, Forwarder.delivering()));
        source.stop();
        Await.until("all arrive", () -> sink.received() == source.produced());
        assertThat(sink.account()).isEqualTo(CheckingSink.intact(source.produced()));
    }

    @Test
    void a_link_that_is_capped_very_low_on_either_side_does_not_look_dead() {
        Node last = node("last");
        Forwarder end = Testbed.serve(last, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        last.emulate(JsonParser.parseString("{\"in\":1500}").getAsJsonObject());
        Node first = node("first");
        Forwarder head = Testbed.serve(first, Forwarder.to(last.id()));
        Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));
        Await.passes(LONG);
        first.emulate(JsonParser.parseString("{\"out\":1200}").getAsJsonObject());
        Await.passes(LONG);
        assertThat(head.heard(MessageType.LINK_FAILED)).isEmpty();
        assertThat(end.heard(MessageType.LINK_FAILED)).isEmpty();
        assertThat(sink.received()).isBetween(2L, 5_000L);
        first.emulate(JsonParser.parseString("{\"out\":null}").getAsJsonObject());
        last.emulate(JsonParser.parseString("{\"in\":null}").getAsJsonObject());
    }

    @Test
    void a_real_line_on_which_bytes_are_longer_under_way_than_the_limit_is_not_dead_while_they_come() {
        int messages = 200;
        Node last = node("last");
        Testbed.serve(last, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        try (SlowLine line = new SlowLine(last.id(), messages * 1_000 * 1_000 / (4 * SHORT_MS))) {
            Node first = node("first");
            Forwarder head = Testbed.serve(first, Forwarder.to(line.id()));
            Testbed.attach(first, Testbed.APP, NumberedSource.of(CONTENT, messages));
            Await.until(
                    "all arrive, or the link has failed",
                    () -> sink.received() == messages || head.hasHeard(MessageType.LINK_FAILED));
            assertThat(head.heard(MessageType.LINK_FAILED)).isEmpty();
            assertThat(sink.account()).isEqualTo(CheckingSink.intact(messages));
        }
    }

    @Test
    void a_latency_beyond_the_limit_makes_nobody_look_dead() {
        Node last = node("last");
        Forwarder end = Testbed.serve(last, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        Node first = node("first");
        Forwarder head = Testbed.serve(first, Forwarder.to(last.id()));
        NumberedSource source = Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));
        Await.until("it flows", () -> sink.received() > 0);
        String late = "{\"links\":[{\"to\":\"" + last.id() + "\",\"latencyMillis\":" + 2 * SHORT_MS + "}]}";
        first.emulate(JsonParser.parseString(late).getAsJsonObject());
        Await.passes(LONG);
        source.stop();
        Await.passes(LONG);
        Await.until("all arrive", () -> sink.received() == source.produced());
        assertThat(head.heard(MessageType.LINK_FAILED)).isEmpty();
        assertThat(end.heard(MessageType.LINK_FAILED)).isEmpty();
    }

    @Test
    void a_call_that_lasts_longer_than_the_limit_makes_nobody_look_dead_whoever_runs_it() {
        Duration pause = Duration.ofMillis(SHORT_MS * 3 / 2);
        Node last = node("last");
        Forwarder.Pausing slow = Testbed.serve(last, Forwarder.Pausing.to(pause));
        Node middle = node("middle");
        Forwarder.Pausing slower = Testbed.serve(middle, Forwarder.Pausing.to(pause, last.id()));
        Node first = node("first");
        Forwarder head = Testbed.serve(first, Forwarder.to(middle.id()));
        for (int i = 1; i <= 2; i++) {
            int calls = i;
            send(first, middle.id(), 1); // to a node that is idle: its receiver runs the call
            Await.until("the last one is at it", () -> slow.calls() == calls);
        }
        send(first, middle.id(), 2);
        Await.until("the last one is at it", () -> slow.calls() == 4);
        for (Forwarder algorithm : List.of(head, slower, slow)) {
            assertThat(algorithm.heard(MessageType.LINK_FAILED)).isEmpty();
        }
        slow.hurry();
        slower.hurry();
    }

    @Test
    void a_peer_that_answers_with_rubbish_lives_and_one_that_asks_and_does_not_read_is_ended() {
        Node node = node("node");
        Forwarder algorithm = Testbed.serve(node, Forwarder.to());
        try (RawPeer rubbish = RawPeer.link(node.id())) {
            Overhearer ear = new Overhearer(Answer.RUBBISH).listen(rubbish.channel());
            rubbish.says(Messages.data(Testbed.APP, 0, 100));
            Await.until("it was asked twice", () -> ear.suspicions() == 2);
            assertThat(algorithm.heard(MessageType.LINK_FAILED)).isEmpty();
        }
        failed(algorithm);
        ByteBuffer flood = ByteBuffer.allocate(64 * 24 * 1_000);
        while (flood.hasRemaining()) {
            flood.put(Messages.header(LinkType.ECHO, 9, 0));
        }
        try (RawPeer asking = RawPeer.link(node.id())) {
            asking.says(flood.flip());
            Await.until(
                    "it is ended",
                    () -> algorithm.heard(MessageType.LINK_FAILED).size() == 2);
            assertThat(algorithm.heard(MessageType.LINK_FAILED).getLast().text())
                    .contains("does not read its credits");
        }
        flood.clear();
        while (flood.hasRemaining()) {
            flood.put(Messages.header(LinkType.QUIET, 9, 0));
        }
        try (RawPeer quiet = RawPeer.link(node.id())) {
            Overhearer ear = new Overhearer(Answer.NOTHING).listen(quiet.channel());
            assertThat(quiet.says(flood.flip())).isTrue();
            quiet.says(Messages.header(LinkType.ECHO, 9, 0));
            Await.until("it is still served", () -> ear.heard(LinkType.ECHO_REPLY) == 1);
        }
    }
}
