package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAlgorithmTest {
    private static final NodeId SELF = node(1);

    /** An author who leaves all to the defaults. */
    private static final class Plain extends BasicAlgorithm {
        final List<Message> unknown = new ArrayList<>();

        @Override
        protected void unknown(Message message) {
            unknown.add(message);
        }
    }

    private final FakePlace place = new FakePlace(SELF);
    private final Plain algorithm = new Plain();

    @BeforeEach
    void begin() {
        algorithm.begin(place);
    }

    static NodeId node(int port) {
        return NodeId.parse("127.0.0.1:" + port);
    }

    private static Message message(int type, NodeId... nodes) {
        return Message.builder(node(9), type).payload(List.of(nodes)).build();
    }

    private void assertRequest(int type, int param1) {
        assertThat(place.sent.getLast().destinations()).containsExactly(SELF);
        assertThat(place.lastSent().type()).isEqualTo(type);
        assertThat(place.lastSent().param1()).isEqualTo(param1);
        assertThat(place.lastSent().application()).isEqualTo(7);
    }

    @Test
    void the_place_gives_node_and_time() {
        assertThat(algorithm.self()).isEqualTo(SELF);
        assertThat(algorithm.now()).isEqualTo(42);
        assertThat(algorithm.place()).isSameAs(place);
    }

    @Test
    void the_hosts_of_a_boot_reply_are_known_without_the_node_itself() {
        assertThat(algorithm.process(message(MessageType.BOOT_REPLY, node(2), SELF, node(3))))
                .isEqualTo(Disposition.DONE);
        assertThat(algorithm.knownHosts()).containsExactly(node(2), node(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {MessageType.LINK_FAILED, MessageType.SEND_FAILED, MessageType.NODE_FAILED})
    void a_host_that_fails_is_forgotten(int notice) {
        algorithm.know(node(2));
        algorithm.know(node(3));
        ByteBuffer payload = ByteBuffer.allocate(NodeId.BYTES + 1);
        node(2).write(payload);
        algorithm.process(Message.builder(SELF, notice).payload(payload.array()).build());
        assertThat(algorithm.knownHosts()).containsExactly(node(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {MessageType.REPORT, MessageType.SOURCE_FAILED})
    void what_needs_nothing_done_is_known(int notice) {
        algorithm.know(node(2));
        assertThat(algorithm.process(message(notice, node(2)))).isEqualTo(Disposition.DONE);
        assertThat(algorithm.unknown).isEmpty();
        assertThat(place.sent).isEmpty();
        assertThat(algorithm.knownHosts()).containsExactly(node(2));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                MessageType.DATA,
                MessageType.JOIN,
                MessageType.LEAVE,
                MessageType.CONFIGURE,
                MessageType.CUSTOM,
                MessageType.FOUND,
                MessageType.LINK_UP,
                MessageType.LINK_CLOSED,
                MessageType.SEND_REFUSED,
                MessageType.ROOM,
                MessageType.HOLD_EXPIRED,
                MessageType.TIMER,
                MessageType.MEASURED,
                0x1234
            })
    void what_it_does_not_handle_is_unknown_and_done(int type) {
        Message message = message(type);
        assertThat(algorithm.process(message)).isEqualTo(Disposition.DONE);
        assertThat(algorithm.unknown).containsExactly(message);
        assertThat(place.sent).isEmpty();
    }

    @Test
    void a_host_heard_of_again_becomes_the_newest() {
        algorithm.know(node(2));
        algorithm.know(node(3));
        algorithm.know(node(2));
        assertThat(algorithm.knownHosts()).containsExactly(node(3), node(2));
    }

    @Test
    void the_oldest_of_too_many_hosts_is_forgotten() {
        for (int port = 2; port <= BasicAlgorithm.MAX_KNOWN_HOSTS + 2; port++) {
            algorithm.know(node(port));
        }
        assertThat(algorithm.knownHosts())
                .hasSize(BasicAlgorithm.MAX_KNOWN_HOSTS)
                .startsWith(node(3));
    }

    @Test
    void known_hosts_move_to_the_successor() throws Exception {
        algorithm.know(node(2));
        algorithm.know(node(3));
        Plain successor = new Plain();
        successor.begin(new FakePlace(SELF));
        successor.restore(algorithm.save(), new WrittenBy("plain", "1.0.0"));
        assertThat(successor.knownHosts()).containsExactly(node(2), node(3));
    }

    @Test
    void data_is_delivered_by_sending_it_to_the_node_itself() {
        Message data = message(MessageType.DATA);
        algorithm.deliver(data);
        assertThat(place.sent).containsExactly(new FakePlace.Sent(data, List.of(SELF)));
    }

    @Test
    void gossip_with_probability_one_goes_to_all() {
        Message data = message(MessageType.DATA);
        assertThat(algorithm.disseminate(data, List.of(node(2), node(3)), 1)).isEqualTo(2);
        assertThat(place.sent.getLast().destinations()).containsExactly(node(2), node(3));
    }

    @Test
    void gossip_with_probability_zero_goes_to_none() {
        assertThat(algorithm.disseminate(message(MessageType.DATA), List.of(node(2), node(3)), 0))
                .isZero();
    }

    @Test
    void gossip_goes_to_about_the_share_that_the_probability_says() {
        List<NodeId> hosts = new ArrayList<>();
        for (int port = 1; port <= 10_000; port++) {
            hosts.add(node(port));
        }
        int chosen = algorithm.disseminate(message(MessageType.DATA), hosts, 0.3);
        assertThat(chosen).isBetween(2800, 3200);
        assertThat(place.sent.getLast().destinations()).hasSize(chosen);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void a_probability_out_of_range_is_refused(double probability) {
        assertThatThrownBy(() -> algorithm.disseminate(message(MessageType.DATA), List.of(), probability))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a probability is 0 to 1, not " + probability);
    }

    @Test
    void a_timer_is_a_request_with_delay_and_period_in_nanoseconds() {
        algorithm.timer(5, Duration.ofMillis(3), Duration.ofSeconds(2));
        assertRequest(MessageType.SET_TIMER, 5);
        ByteBuffer times = place.lastSent().payload();
        assertThat(times.getLong()).isEqualTo(3_000_000);
        assertThat(times.getLong()).isEqualTo(2_000_000_000);
        assertThat(times.hasRemaining()).isFalse();
    }

    @Test
    void a_timer_without_period_comes_once() {
        algorithm.timer(5, Duration.ofMillis(3));
        assertThat(place.lastSent().payload().getLong(8)).isZero();
    }

    @Test
    void a_negative_delay_is_refused() {
        assertThatThrownBy(() -> algorithm.timer(5, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a timer's delay and period are not negative: PT-0.000000001S, PT0S");
    }

    @Test
    void a_negative_period_is_refused() {
        assertThatThrownBy(() -> algorithm.timer(5, Duration.ZERO, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_timer_is_cancelled_by_its_id() {
        algorithm.cancelTimer(5);
        assertRequest(MessageType.CANCEL_TIMER, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void a_weight_is_a_request_that_names_the_upstream(int weight) {
        algorithm.weight(node(2), weight);
        assertRequest(MessageType.SET_WEIGHT, weight);
        assertThat(Payloads.nodes(place.lastSent())).containsExactly(node(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001, -1})
    void a_weight_out_of_range_is_refused(int weight) {
        assertThatThrownBy(() -> algorithm.weight(node(2), weight))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a weight is 1 to 1000, not " + weight);
    }

    @Test
    void a_measurement_is_a_request_that_names_the_node() {
        algorithm.measure(77, node(2));
        assertRequest(MessageType.MEASURE, 77);
        assertThat(Payloads.nodes(place.lastSent())).containsExactly(node(2));
    }

    @Test
    void the_bandwidth_is_measured_if_the_second_parameter_says_so() {
        algorithm.measure(77, node(2));
        assertThat(place.lastSent().param2()).isZero();
        algorithm.measureBandwidth(78, node(2));
        assertRequest(MessageType.MEASURE, 78);
        assertThat(place.lastSent().param2()).isEqualTo(1);
        assertThat(Payloads.nodes(place.lastSent())).containsExactly(node(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 3_600_000})
    void reports_are_asked_for_by_their_interval(int millis) {
        algorithm.reports(Duration.ofMillis(millis));
        assertRequest(MessageType.SET_REPORTS, millis);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 99, 3_600_001, Long.MAX_VALUE})
    void an_interval_of_reports_out_of_range_is_refused(long millis) {
        assertThatThrownBy(() -> algorithm.reports(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reports come every 100 to 3600000 ms, or not at all (0), not every "
                        + Duration.ofMillis(millis));
    }

    @Test
    void an_interval_shorter_than_a_millisecond_is_not_taken_for_none() {
        assertThatThrownBy(() -> algorithm.reports(Duration.ofNanos(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 600_000})
    void grace_is_a_request_in_milliseconds(int millis) {
        algorithm.grace(Duration.ofMillis(millis));
        assertRequest(MessageType.SET_GRACE, millis);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 600_001, Long.MAX_VALUE})
    void a_grace_out_of_range_is_refused(long millis) {
        assertThatThrownBy(() -> algorithm.grace(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a session's grace is 0 to 600000 ms, not " + Duration.ofMillis(millis));
    }

    @Test
    void a_change_of_the_emulated_network_is_a_request() {
        JsonObject change = new JsonObject();
        change.add("out", JsonNull.INSTANCE);
        algorithm.emulate(change);
        assertRequest(MessageType.EMULATE, 0);
        assertThat(place.lastSent().text()).isEqualTo("{\"out\":null}");
    }

    @Test
    void a_trace_is_a_request_with_text_or_json() {
        algorithm.trace("hello");
        assertRequest(MessageType.TRACE, 0);
        assertThat(place.lastSent().text()).isEqualTo("hello");
        algorithm.trace(new JsonObject());
        assertThat(place.lastSent().text()).isEqualTo("{}");
    }

    @Test
    void a_trace_too_long_is_refused() {
        assertThatThrownBy(() -> algorithm.trace("x".repeat(Header.MAX_CONTROL_PAYLOAD + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("not 65537");
    }

    @Test
    void a_notice_is_about_the_node_at_its_start() {
        byte[] payload = Arrays.copyOf(Payloads.write(List.of(node(5))), 20);
        Message notice =
                Message.builder(SELF, MessageType.LINK_CLOSED).payload(payload).build();
        assertThat(BasicAlgorithm.peer(notice)).isEqualTo(node(5));
    }
}
