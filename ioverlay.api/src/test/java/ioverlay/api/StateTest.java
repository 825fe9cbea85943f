package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTest {
    @Test
    void empty_state_has_nothing() {
        assertThat(State.empty().values().size()).isZero();
        assertThat(State.empty().attachments()).isEmpty();
    }

    @Test
    void state_of_values_has_no_attachments() {
        JsonObject values = new JsonObject();
        assertThat(State.of(values).values()).isSameAs(values);
        assertThat(State.of(values).attachments()).isEmpty();
    }

    @Test
    void attachments_are_handed_over_by_reference_in_a_map_of_its_own() {
        byte[] bytes = {1};
        Map<String, byte[]> attachments = new HashMap<>(Map.of("a", bytes));
        State state = new State(new JsonObject(), attachments);
        attachments.clear();
        assertThat(state.attachments().get("a")).isSameAs(bytes);
    }

    @Test
    void a_version_is_read_in_parts() {
        WrittenBy writer = new WrittenBy("relay", "12.3.4.beta-1");
        assertThat(writer.major()).isEqualTo(12);
        assertThat(writer.minor()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1.0", "1.0.x", "1.0.0.", "1.0.0.a b", "v1.0.0", "-1.0.0", "1.0.0.0.0", "9999999999.0.0"
            })
    void another_form_of_version_is_refused(String version) {
        assertThatThrownBy(() -> new WrittenBy("relay", version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a version is written as 1.2.3 or 1.2.3.qualifier, not '" + version + "'");
    }
}
