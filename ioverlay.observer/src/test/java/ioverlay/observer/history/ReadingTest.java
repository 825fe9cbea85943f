package ioverlay.observer.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** Documents that another process wrote. */
class ReadingTest {
    private static double read(String value) {
        JsonObject document = JsonParser.parseString("{'x': " + value + "}").getAsJsonObject();
        return Reading.number(document, "x");
    }

    @Test
    void a_number_that_json_could_not_say_again_is_none() {
        assertThat(read("1e999")).isZero();
        assertThat(read("-1e99999")).isZero();
        assertThat(read("2.5")).isEqualTo(2.5);
        assertThat(read("'2.5'")).isZero();
        assertThat(read("null")).isZero();
    }
}
