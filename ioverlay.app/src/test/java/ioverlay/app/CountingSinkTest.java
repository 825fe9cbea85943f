package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import org.junit.jupiter.api.Test;

class CountingSinkTest {
    private final CountingSink sink = new CountingSink();

    private void consume(int port, long... sequences) {
        for (long sequence : sequences) {
            sink.consume(Message.builder(NodeId.parse("127.0.0.1:" + port), MessageType.DATA)
                    .sequence(sequence)
                    .payload(new byte[76])
                    .build());
        }
    }

    private long count(String name) {
        return sink.status().get(name).getAsLong();
    }

    @Test
    void messages_and_bytes_are_counted_with_headers() {
        consume(7001, 0, 1, 2);
        assertThat(count("messages")).isEqualTo(3);
        assertThat(count("bytes")).isEqualTo(300);
    }

    @Test
    void lost_duplicated_and_reordered_are_counted_per_originator() {
        consume(7001, 0, 1, 1, 3);
        consume(7002, 0, 2, 1);
        JsonObject originators = sink.status().getAsJsonObject("originators");
        assertThat(originators.get("127.0.0.1:7001"))
                .hasToString("{\"delivered\":3,\"lost\":1,\"duplicated\":1,\"reordered\":0}");
        assertThat(originators.get("127.0.0.1:7002"))
                .hasToString("{\"delivered\":3,\"lost\":0,\"duplicated\":0,\"reordered\":1}");
    }

    @Test
    void the_sums_are_over_all_originators() {
        consume(7001, 0, 2, 2);
        consume(7002, 0, 2, 1, 4);
        assertThat(count("lost")).isEqualTo(2);
        assertThat(count("duplicated")).isEqualTo(1);
        assertThat(count("reordered")).isEqualTo(1);
    }

    @Test
    void a_sink_that_comes_late_misses_nothing_from_before() {
        consume(7001, 5000, 5001);
        assertThat(count("lost")).isZero();
    }

    @Test
    void originators_beyond_the_limit_are_counted_but_not_checked() {
        for (int i = 0; i <= CountingSink.MAX_ORIGINATORS; i++) {
            consume(1000 + i, 0, 2);
        }
        assertThat(count("unchecked")).isEqualTo(2);
        assertThat(count("lost")).isEqualTo(CountingSink.MAX_ORIGINATORS);
    }

    @Test
    void settings_are_refused() {
        assertThatThrownBy(() -> sink.begin(new FakeSession("{'window': 1}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sink.counting: there are no settings, not window");
    }
}
