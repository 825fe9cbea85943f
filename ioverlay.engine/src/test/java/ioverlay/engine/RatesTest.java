package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.api.container.NodeStatus.RateStatus;
import ioverlay.api.container.NodeStatus.SessionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What moves, over the last second or so. */
class RatesTest {
    private static final int PAYLOAD = 1000;
    private static final int LOOKS = 20;

    /** A busy host spoils some of a round, and not each of them. */
    private static final double MOST = 0.75;

    private static final int ROUNDS = 6;
    private static final long RATE = 2_000_000;
    private static final double MESSAGES = RATE / (double) (Header.BYTES + PAYLOAD);

    private final Testbed testbed = Testbed.open();
    private final Node first = testbed.node("first");
    private final Node middle = testbed.node("middle");
    private final Node last = testbed.node("last");
    private final PacedSource source = new PacedSource(RATE, PAYLOAD);

    @AfterEach
    void close() {
        testbed.close();
    }

    private void flow() {
        Testbed.serve(last, Forwarder.delivering());
        Testbed.serve(middle, Forwarder.to(last.id()));
        Testbed.serve(first, Forwarder.to(middle.id()));
        Testbed.attach(last, Testbed.APP, new OnceSink(Content.of(PAYLOAD)));
        Testbed.attach(first, Testbed.APP, source);
    }

    private static boolean isClose(double measured, double expected) {
        return Math.abs(measured - expected) <= 0.02 * expected;
    }

    private static boolean isFull(RateStatus rates) {
        return isClose(rates.inBytesPerSecond(), RATE)
                && isClose(rates.outBytesPerSecond(), RATE)
                && isClose(rates.inMessagesPerSecond(), MESSAGES)
                && isClose(rates.outMessagesPerSecond(), MESSAGES);
    }

    private static boolean isFull(List<LinkStatus> links) {
        return links.size() == 1
                && isClose(links.getFirst().bytesPerSecond(), RATE)
                && isClose(links.getFirst().messagesPerSecond(), MESSAGES);
    }

    @Test
    void a_known_source_is_measured_within_two_percent_on_every_link_and_for_the_node_and_the_session() {
        flow();
        Await.until("it moves", () -> middle.status().rates().inBytesPerSecond() > 0.5 * RATE);
        List<Double> right = new ArrayList<>();
        for (int round = 0; round < ROUNDS && (right.isEmpty() || right.getLast() < MOST); round++) {
            right.add(shareOfRightStatuses());
        }
        System.out.println("statuses with all rates within 2 %: " + right);
        assertThat(right.getLast()).as("in the best of the rounds").isGreaterThanOrEqualTo(MOST);
    }

    private double shareOfRightStatuses() {
        int right = 0;
        for (int look = 0; look < LOOKS; look++) {
            Await.passes(Duration.ofMillis(50));
            NodeStatus status = middle.status();
            if (isFull(status.upstreams())
                    && isFull(status.downstreams())
                    && isFull(status.rates())
                    && isFull(status.sessions().getFirst().rates())) {
                right++;
            }
        }
        return (double) right / LOOKS;
    }

    @Test
    void when_nothing_moves_the_rates_are_zero_and_nobody_reads_the_counters() {
        flow();
        Await.until("it moves", () -> middle.status().rates().inBytesPerSecond() > 0);
        source.stop();
        Await.until("it rests", () -> middle.status().rates().equals(RateStatus.NONE));
        assertThat(middle.status().upstreams().getFirst().bytesPerSecond()).isZero();
        Await.until(
                "no reading is due",
                () -> Node.ask(
                        middle.node(), () -> !middle.node().links().meters().isReading()));
    }

    @Test
    void a_session_names_where_it_comes_from_and_goes_to_and_the_node_itself_at_its_ends() {
        flow();
        Await.until(
                "it arrives",
                () -> last.status().sessions().stream()
                        .anyMatch(session -> session.downstreams().equals(List.of(last.id()))));
        assertThat(ends(first)).isEqualTo(List.of(List.of(first.id()), List.of(middle.id())));
        assertThat(ends(middle)).isEqualTo(List.of(List.of(first.id()), List.of(last.id())));
        assertThat(ends(last)).isEqualTo(List.of(List.of(middle.id()), List.of(last.id())));
    }

    private static List<?> ends(Node node) {
        SessionStatus session = node.status().sessions().getFirst();
        assertThat(session.application()).isEqualTo(Testbed.APP);
        return List.of(session.upstreams(), session.downstreams());
    }

    @Test
    void downstream_only_what_was_written_counts() {
        Testbed.serve(first, Forwarder.to(middle.id()));
        Testbed.serve(middle, Forwarder.to(last.id()));
        middle.park(0);
        Testbed.attach(first, Testbed.APP, source);
        Await.until("the credit is used and the box is full", () -> {
            List<LinkStatus> links = first.status().downstreams();
            return links.size() == 1
                    && links.getFirst().queuedBytes() > 0
                    && links.getFirst().bytesPerSecond() == 0;
        });
    }

    @Test
    void a_node_whose_caps_are_waited_for_knows_its_last_mile_within_ten_percent() {
        assertThat(first.status().lastMileBytesPerSecond()).isZero();
        JsonObject caps = new JsonObject();
        caps.addProperty("out", 500_000);
        first.emulate(caps);
        flow();
        Await.until("its last mile is known", () -> {
            double known = first.status().lastMileBytesPerSecond();
            return Math.abs(known - 500_000) < 50_000;
        });
        assertThat(last.status().lastMileBytesPerSecond()).isZero();
    }
}
