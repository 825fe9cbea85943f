package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.Application;
import ioverlay.api.Delivery;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticSourceTest {
    private static final long SECOND = 1_000_000_000;

    private static BackToBackSource backToBack(String settings) {
        BackToBackSource source = new BackToBackSource();
        source.begin(new FakeSession(settings));
        return source;
    }

    @Test
    void back_to_back_fills_all_the_room() throws Exception {
        FakeOutlet outlet = new FakeOutlet(10);
        assertThat(outlet.call(backToBack("{}"))).isEqualTo(Application.AT_ONCE);
        assertThat(outlet.messages())
                .hasSize(10)
                .allMatch(message -> message.type() == MessageType.DATA && message.payloadSize() == 5120);
        assertThat(outlet.messages()).extracting(Message::sequence).startsWith(0L, 1L, 2L);
    }

    @Test
    void back_to_back_ends_after_its_last_message() throws Exception {
        FakeOutlet outlet = new FakeOutlet(10);
        assertThat(outlet.call(backToBack("{'messages': 3}"))).isEqualTo(Application.FINISHED);
        assertThat(outlet.count()).isEqualTo(3);
    }

    @Test
    void nothing_of_the_memory_before_is_sent() throws Exception {
        FakeOutlet outlet = new FakeOutlet(10);
        outlet.call(backToBack("{'messages': 1, 'payload': 100}"));
        assertThat(outlet.messages().getFirst().payload().mismatch(ByteBuffer.allocate(100)))
                .isEqualTo(-1);
    }

    @Test
    void back_to_back_counts_bytes_with_headers() throws Exception {
        BackToBackSource source = backToBack("{'messages': 3, 'payload': 76}");
        new FakeOutlet(10).call(source);
        assertThat(source.status()).hasToString("{\"messages\":3,\"bytes\":300}");
    }

    @Test
    void delivery_is_reliable_unless_said() {
        assertThat(backToBack("{}").delivery()).isEqualTo(Delivery.RELIABLE);
        assertThat(backToBack("{'delivery': 'live'}").delivery()).isEqualTo(Delivery.LIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'payload': 0}", "{'payload': 1048577}", "{'messages': 0}", "{'delivery': 'perhaps'}"})
    void wrong_settings_are_refused(String settings) {
        assertThatThrownBy(() -> backToBack(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("source.backtoback: ");
    }

    @Test
    void constant_rate_sends_when_each_is_due() throws Exception {
        FakeSession session = new FakeSession("{'bytesPerSecond': 1000, 'payload': 76}");
        ConstantRateSource source = new ConstantRateSource();
        source.begin(session);
        FakeOutlet outlet = new FakeOutlet(10);
        assertThat(outlet.call(source)).isEqualTo(SECOND / 10);
        assertThat(outlet.count()).isEqualTo(1);
        session.now = SECOND / 10;
        assertThat(outlet.call(source)).isEqualTo(2 * SECOND / 10);
        assertThat(outlet.count()).isEqualTo(2);
    }

    @Test
    void constant_rate_holds_over_a_minute_of_late_calls() throws Exception {
        FakeSession session = new FakeSession("{'bytesPerSecond': 100000, 'payload': 976}");
        ConstantRateSource source = new ConstantRateSource();
        source.begin(session);
        FakeOutlet outlet = new FakeOutlet(1000);
        while (session.now < 60 * SECOND) {
            session.now = outlet.call(source) + 3_000_000;
        }
        assertThat(outlet.count()).isBetween(5999, 6001);
    }

    @Test
    void a_stall_is_caught_up_for_two_tenths_of_a_second_only() throws Exception {
        FakeSession session = new FakeSession("{'bytesPerSecond': 100000, 'payload': 976}");
        ConstantRateSource source = new ConstantRateSource();
        source.begin(session);
        FakeOutlet outlet = new FakeOutlet(1000);
        outlet.call(source);
        session.now = 10 * SECOND;
        outlet.call(source);
        assertThat(outlet.count()).isBetween(20, 22);
        assertThat(source.status().get("slippedMillis").getAsLong()).isBetween(9700L, 9800L);
    }

    @Test
    void constant_rate_asks_again_at_once_where_there_is_no_room() throws Exception {
        FakeSession session = new FakeSession("{'bytesPerSecond': 1000}");
        ConstantRateSource source = new ConstantRateSource();
        source.begin(session);
        assertThat(new FakeOutlet(0).call(source)).isEqualTo(Application.AT_ONCE);
    }

    @Test
    void constant_rate_ends_after_its_last_message() throws Exception {
        FakeSession session = new FakeSession("{'bytesPerSecond': 1000, 'messages': 2}");
        ConstantRateSource source = new ConstantRateSource();
        source.begin(session);
        FakeOutlet outlet = new FakeOutlet(10);
        outlet.drain(source, session);
        assertThat(outlet.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'bytesPerSecond': 0}", "{'bytesPerSecond': 1000000000001}"})
    void a_constant_rate_must_be_given(String settings) {
        assertThatThrownBy(() -> new ConstantRateSource().begin(new FakeSession(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("source.cbr: bytesPerSecond ");
    }
}
