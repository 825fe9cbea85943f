package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Settings settings(String value) {
        return Settings.of(
                "app", JsonParser.parseString("{\"it\":" + value + "}").getAsJsonObject(), "it", "other");
    }

    @Test
    void what_is_left_out_has_its_default() {
        Settings settings = settings("1");
        assertThat(settings.number("other", 1, 2, 2)).isEqualTo(2);
        assertThat(settings.flag("other", true)).isTrue();
        assertThat(settings.text("other")).isEmpty();
        assertThat(settings.word("other", List.of("a", "b"), "b")).isEqualTo("b");
    }

    @Test
    void values_are_read() {
        assertThat(settings("5").number("it", 1, 5, 2)).isEqualTo(5);
        assertThat(settings("1e3").number("it", 1, 5000, 2)).isEqualTo(1000);
        assertThat(settings("false").flag("it", true)).isFalse();
        assertThat(settings("\"x\"").text("it")).contains("x");
        assertThat(settings("\"a\"").word("it", List.of("a", "b"), "b")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "6", "1.5", "\"3\"", "true", "null", "[]", "1e99", "-1e-99", "99999999999999999999"})
    void a_number_out_of_range_is_refused(String value) {
        assertThatThrownBy(() -> settings(value).number("it", 1, 5, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("app: it is a whole number, 1 to 5, not ");
    }

    @Test
    void a_flag_is_true_or_false() {
        assertThatThrownBy(() -> settings("1").flag("it", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app: it is true or false, not 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"\"", "null", "{}"})
    void a_text_is_a_text_and_not_empty(String value) {
        assertThatThrownBy(() -> settings(value).text("it"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("app: it is a text and not empty, not ");
    }

    @Test
    void a_word_is_one_of_those_known() {
        assertThatThrownBy(() -> settings("\"c\"").word("it", List.of("a", "b"), "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app: it is one of a, b, not c");
    }

    @Test
    void an_unknown_setting_is_refused() {
        assertThatThrownBy(() -> Settings.of("app", new FakeSession("{'payloda': 1}").settings(), "payload"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app: the settings are payload, not payloda");
    }

    @Test
    void where_there_are_no_settings_any_is_refused() {
        assertThatThrownBy(() -> Settings.of("app", new FakeSession("{'x': 1}").settings()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app: there are no settings, not x");
    }
}
