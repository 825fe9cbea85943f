package ioverlay.api.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.Header;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSpecTest {
    private static final NodeSpec SPEC = NodeSpec.named("a");

    @Test
    void a_node_listens_on_loopback_at_any_free_port_unless_said() {
        assertThat(SPEC)
                .isEqualTo(
                        new NodeSpec("a", "127.0.0.1", 0, NodeSpec.DEFAULT_BUFFER_BYTES, Header.MAX_PAYLOAD, Map.of()));
    }

    @Test
    void each_with_changes_one_thing() {
        SlotSpec slot = SlotSpec.of("relay");
        NodeSpec spec = SPEC.withAddress("127.0.0.2", 7001)
                .withBufferBytes(8192)
                .withMaxPayload(1000)
                .withSlot(5, slot);
        assertThat(spec).isEqualTo(new NodeSpec("a", "127.0.0.2", 7001, 8192, 1000, Map.of(5, slot)));
    }

    @Test
    void a_slot_takes_the_place_of_the_one_before() {
        NodeSpec spec = SPEC.withSlot(0, SlotSpec.of("a")).withSlot(0, SlotSpec.of("b"));
        assertThat(spec.slots()).containsOnly(Map.entry(0, SlotSpec.of("b")));
    }

    @Test
    void slots_are_kept_in_a_map_of_its_own() {
        Map<Integer, SlotSpec> slots = new HashMap<>();
        NodeSpec spec = new NodeSpec("a", "127.0.0.1", 0, 8192, 1000, slots);
        slots.put(1, SlotSpec.of("relay"));
        assertThat(spec.slots()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ä", "a\n"})
    void a_name_with_other_characters_is_refused(String name) {
        assertThatThrownBy(() -> NodeSpec.named(name))
                .isInstanceOf(RefusedException.class)
                .hasMessage("a node's name has 1 to 64 letters, digits, dots, dashes, underscores, not '" + name + "'");
    }

    @Test
    void a_name_is_at_most_64_characters() {
        assertThat(NodeSpec.named("a".repeat(64)).name()).hasSize(64);
        assertThatThrownBy(() -> NodeSpec.named("a".repeat(65))).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.255.255.254"})
    void any_loopback_address_is_taken(String address) {
        assertThat(SPEC.withAddress(address, 1).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0.0.0.0", "10.0.0.1", "192.168.1.1", "localhost", "::1", "127.0.0.1.5", "127.0.0.256", "1"})
    void another_address_is_refused(String address) {
        assertThatThrownBy(() -> SPEC.withAddress(address, 1))
                .isInstanceOf(RefusedException.class)
                .hasMessage("a node's address is an IPv4 loopback address until links are encrypted, not '" + address
                        + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void a_port_out_of_range_is_refused(int port) {
        assertThatThrownBy(() -> SPEC.withAddress("127.0.0.1", port))
                .isInstanceOf(RefusedException.class)
                .hasMessage("a port is 0 (any free one) to 65535, not '" + port + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4095, 67_108_865})
    void a_buffer_out_of_range_is_refused(int bytes) {
        assertThatThrownBy(() -> SPEC.withBufferBytes(bytes))
                .isInstanceOf(RefusedException.class)
                .hasMessage("a node's buffer has 4096 to 67108864 bytes, not '" + bytes + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 1_048_577})
    void a_largest_payload_out_of_range_is_refused(int bytes) {
        assertThatThrownBy(() -> SPEC.withMaxPayload(bytes))
                .isInstanceOf(RefusedException.class)
                .hasMessage("a node's largest payload has 64 to 1048576 bytes, not '" + bytes + "'");
    }

    @Test
    void a_slot_takes_any_version_without_settings_unless_said() {
        JsonObject settings = new JsonObject();
        settings.addProperty("a", 1);
        assertThat(SlotSpec.of("relay")).isEqualTo(new SlotSpec("relay", "0", new JsonObject()));
        assertThat(SlotSpec.of("relay").withVersions("[1,2)").withSettings(settings))
                .isEqualTo(new SlotSpec("relay", "[1,2)", settings));
    }

    @Test
    void any_other_application_id_is_taken() {
        assertThat(new ApplicationSpec("file.sink", -1, new JsonObject()).application())
                .isEqualTo(-1);
    }

    @Test
    void the_application_id_of_the_node_itself_is_refused() {
        assertThatThrownBy(() -> new ApplicationSpec("file.sink", 0, new JsonObject()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("an application's id is 1 to 4294967295, not 0, which is the node's own");
    }
}
