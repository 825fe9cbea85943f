package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a round trip of a link takes, measured while it carries data and only then; emulated latency is the truth. */
@Timeout(60)
class RoundTripOverLinksTest {
    /** What loopback may add to an emulated latency, of the best of several rounds. */
    private static final double TOLERANCE_MICROS = 1_000;

    private static final int REPORTS_MS = 100;

    private final Testbed testbed = Testbed.open();
    private final Node first = testbed.node("first");
    private final Node last = testbed.node("last");

    @AfterEach
    void close() {
        testbed.close();
    }

    /** The sending node wants reports, so that round trips are measured as often. */
    private void connect() {
        Testbed.serve(last, Forwarder.delivering());
        Testbed.serve(first, Forwarder.to(last.id()));
        first.engine()
                .send(
                        Message.builder(first.id(), MessageType.SET_REPORTS)
                                .sequence(Header.params(REPORTS_MS, 0))
                                .build(),
                        first.id());
        Testbed.attach(last, Testbed.APP, new OnceSink(Content.of(10)));
    }

    private LinkStatus link() {
        return first.status().downstreams().getFirst();
    }

    private boolean isMeasured() {
        return !first.status().downstreams().isEmpty() && link().roundTripMicros() >= 0;
    }

    private LinkStatus await(String what, Predicate<LinkStatus> condition) {
        LinkStatus[] seen = new LinkStatus[1];
        Await.until(what, () -> {
            if (!isMeasured()) {
                return false;
            }
            seen[0] = link();
            return condition.test(seen[0]);
        });
        return seen[0];
    }

    @Test
    void a_round_trip_takes_the_emulated_latency_of_both_ends_and_the_latest_is_told_from_the_least() {
        late(first, last, 20);
        late(last, first, 10);
        connect();
        PacedSource source = Testbed.attach(first, Testbed.APP, new PacedSource(100_000, 100));
        LinkStatus near =
                await("a round trip of 30 ms", link -> link.leastRoundTripMicros() < 30_000 + TOLERANCE_MICROS);
        assertThat(near.leastRoundTripMicros()).isBetween(30_000.0, near.roundTripMicros());

        late(last, first, 40);
        LinkStatus far = await("a later one of 60 ms", link -> isAbout(60_000, link.roundTripMicros()));
        assertThat(far.leastRoundTripMicros()).isBetween(30_000.0, near.leastRoundTripMicros());

        late(first, last, 0);
        late(last, first, 5);
        LinkStatus nearest = await("the least of 5 ms", link -> isAbout(5_000, link.leastRoundTripMicros()));
        assertThat(nearest.roundTripMicros()).isGreaterThanOrEqualTo(nearest.leastRoundTripMicros());
        source.stop();
        assertThat(last.status().upstreams().getFirst().roundTripMicros()).isEqualTo(-1);
        assertThat(last.status().upstreams().getFirst().leastRoundTripMicros()).isEqualTo(-1);
    }

    @Test
    void a_round_trip_that_becomes_longer_than_ten_intervals_of_reports_is_still_measured() {
        late(last, first, 5);
        connect();
        PacedSource source = Testbed.attach(first, Testbed.APP, new PacedSource(100_000, 100));
        await("a round trip of 5 ms", link -> isAbout(5_000, link.leastRoundTripMicros()));

        late(last, first, 12 * REPORTS_MS);
        await("a later one of 1.2 s", link -> isAbout(12_000 * REPORTS_MS, link.roundTripMicros()));
        source.stop();
    }

    @Test
    void questions_that_come_before_the_late_answer_to_the_first_are_answered_too() throws IOException {
        try (RawPeer peer = RawPeer.link(last.id())) {
            Testbed.emulate(last, Networks.of(Networks.late(peer.id(), 200_000, 0, 0)));
            Await.until("the link is known", () -> !last.status().upstreams().isEmpty());
            for (long number = 1; number <= 40; number++) {
                peer.says(Messages.any(LinkType.ECHO, 0, number, 0));
            }

            ByteBuffer word = ByteBuffer.allocate(Header.BYTES);
            long answered = 0;
            while (answered < 16) {
                word.clear();
                while (word.hasRemaining()) {
                    assertThat(peer.channel().read(word)).isPositive();
                }
                for (int left = Header.payloadSizeAt(word, 0); left > 0; ) {
                    left -= peer.channel().read(ByteBuffer.allocate(left));
                }
                if (Header.typeAt(word, 0) == LinkType.ECHO_REPLY && Header.sequenceAt(word, 0) != 0) {
                    assertThat(Header.sequenceAt(word, 0)).isEqualTo(++answered);
                }
            }
        }
    }

    private static boolean isAbout(double micros, double measured) {
        return measured >= micros && measured < micros + TOLERANCE_MICROS;
    }

    @Test
    void a_link_that_carries_nothing_more_is_measured_no_more_and_the_age_of_the_last_is_the_time_since() {
        connect();
        long before = System.nanoTime();
        Testbed.attach(first, Testbed.APP, NumberedSource.of(Content.of(10), 1));
        Await.until("a round trip is measured", this::isMeasured);
        Await.passes(Duration.ofMillis(500));
        LinkStatus link = link();
        long most = Duration.ofNanos(System.nanoTime() - before).toMillis();
        assertThat(link.roundTripAgeMillis()).isBetween(500L, most);
        assertThat(link.roundTripMicros()).isEqualTo(link.leastRoundTripMicros());
    }

    /** Replaces the latency from the one to the other; none is 0. */
    private static void late(Node node, Node peer, int millis) {
        String text = "{\"links\":[{\"to\":\"" + peer.id() + "\",\"latencyMillis\":" + millis + "}]}";
        Testbed.emulate(
                node, Emulation.NONE.changed(JsonParser.parseString(text).getAsJsonObject()));
    }
}
