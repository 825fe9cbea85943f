package ioverlay.algo.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.WrittenBy;
import org.junit.jupiter.api.Test;

class MeteredRelayTest extends RelayContract {
    private static final long MICRO = 1000;

    @Override
    Algorithm relay() {
        return new MeteredRelay();
    }

    private static void arrive(Algorithm relay, FakePlace place, NodeId upstream, long micros) {
        place.now = micros * MICRO;
        relay.process(Message.builder(upstream, MessageType.DATA).build());
    }

    private static JsonObject upstreams(Algorithm relay) {
        return relay.status().getAsJsonObject("upstreams");
    }

    @Test
    void upstreams_are_told_apart() {
        FakePlace place = new FakePlace("{}");
        Algorithm relay = begun(place);
        arrive(relay, place, C, 10);
        arrive(relay, place, B, 20);
        arrive(relay, place, C, 40);
        arrive(relay, place, C, 110);
        assertThat(upstreams(relay))
                .hasToString("{\"127.0.0.1:7002\":{\"messages\":1,\"meanGapMicros\":0,\"longestGapMicros\":0},"
                        + "\"127.0.0.1:7003\":{\"messages\":3,\"meanGapMicros\":50,\"longestGapMicros\":70}}");
    }

    @Test
    void the_local_source_is_an_upstream_too() {
        FakePlace place = new FakePlace("{}");
        Algorithm relay = begun(place);
        arrive(relay, place, FakePlace.SELF, 10);
        assertThat(upstreams(relay).keySet()).containsExactly("127.0.0.1:7001");
    }

    @Test
    void before_anything_arrives_there_are_no_upstreams() {
        assertThat(upstreams(begun(new FakePlace("{}"))).size()).isZero();
    }

    @Test
    void upstreams_beyond_the_limit_are_counted_together() {
        FakePlace place = new FakePlace("{}");
        Algorithm relay = begun(place);
        for (int port = 1; port <= 2 * Arrivals.MAX_UPSTREAMS; port++) {
            arrive(relay, place, NodeId.parse("127.0.0.2:" + port), port);
        }
        // the node itself has a place of its own
        assertThat(upstreams(relay).size()).isEqualTo(Arrivals.MAX_UPSTREAMS);
        assertThat(upstreams(relay).getAsJsonObject("others").get("messages").getAsLong())
                .isEqualTo(Arrivals.MAX_UPSTREAMS + 1);
    }

    @Test
    void counters_survive_the_way_to_this_version_and_back() throws Exception {
        Algorithm first = new Relay();
        first.begin(new FakePlace(TO_B_AND_C));
        first.process(data(MessageType.DATA));
        Algorithm second = begun(new FakePlace(TO_B_AND_C));
        second.restore(first.save(), new WrittenBy("relay", "1.0.0"));
        second.process(data(MessageType.DATA));
        second.process(configure("{'next': ['127.0.0.1:7003']}"));
        Algorithm third = new Relay();
        FakePlace place = new FakePlace(TO_B_AND_C);
        third.begin(place);
        third.restore(second.save(), new WrittenBy("relay", "1.1.0"));
        third.process(data(MessageType.DATA));
        assertThat(third.status()).hasToString("{\"messages\":3,\"bytes\":300,\"next\":[\"127.0.0.1:7003\"]}");
        assertThat(place.sent.getLast().destinations()).containsExactly(C, FakePlace.SELF);
    }
}
