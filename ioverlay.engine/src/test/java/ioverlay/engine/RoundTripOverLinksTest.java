package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeStatus.LinkStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a round trip of a link takes, measured while it carries data and only then. */
class RoundTripOverLinksTest {
    private final Testbed testbed = Testbed.open();
    private final Node first = testbed.node("first");
    private final Node last = testbed.node("last");

    @AfterEach
    void close() {
        testbed.close();
    }

    private void connect() {
        Testbed.serve(last, Forwarder.delivering());
        Testbed.serve(first, Forwarder.to(last.id()));
        Testbed.attach(last, Testbed.APP, new OnceSink(Content.of(10)));
    }

    private LinkStatus link() {
        return first.status().downstreams().getFirst();
    }

    private boolean isMeasured() {
        return !first.status().downstreams().isEmpty() && link().roundTripMicros() >= 0;
    }

    @Test
    void a_link_that_carried_data_is_measured_and_knows_its_latest_its_least_and_their_age() {
        connect();
        PacedSource source = Testbed.attach(first, Testbed.APP, new PacedSource(100_000, 100));
        Await.until("a round trip is measured", this::isMeasured);
        double before = link().roundTripMicros();
        Await.until("another one", () -> link().roundTripMicros() != before);
        LinkStatus link = link();
        assertThat(link.roundTripMicros()).isBetween(1.0, 5e6);
        assertThat(link.leastRoundTripMicros()).isBetween(1.0, Math.min(before, link.roundTripMicros()));
        assertThat(link.roundTripAgeMillis()).isLessThan(15_000);
        source.stop();
        assertThat(last.status().upstreams().getFirst().roundTripMicros()).isEqualTo(-1);
    }

    @Test
    void a_link_that_carries_nothing_more_is_measured_no_more() {
        connect();
        Testbed.attach(first, Testbed.APP, NumberedSource.of(Content.of(10), 1));
        Await.until("a round trip is measured", this::isMeasured);
        long age = link().roundTripAgeMillis();
        long passed = Duration.ofNanos(Await.passes(Duration.ofMillis(1500))).toMillis();
        assertThat(link().roundTripAgeMillis()).isGreaterThanOrEqualTo(age + passed - 1);
    }

    @Test
    void emulated_latency_of_both_ends_is_part_of_it() {
        late(first, last);
        late(last, first);
        connect();
        Testbed.attach(first, Testbed.APP, NumberedSource.of(Content.of(10), 1));
        Await.until("a round trip is measured", this::isMeasured);
        assertThat(link().roundTripMicros()).isGreaterThanOrEqualTo(60_000);
    }

    private static void late(Node node, Node peer) {
        String text = "{\"links\":[{\"to\":\"" + peer.id() + "\",\"latencyMillis\":30}]}";
        Emulation late = Emulation.NONE.changed(JsonParser.parseString(text).getAsJsonObject());
        Node.ask(node.node(), () -> {
            node.node().caps().set(late);
            return true;
        });
    }
}
