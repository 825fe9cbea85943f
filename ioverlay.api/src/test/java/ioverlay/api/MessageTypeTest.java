package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTypeTest {
    @ParameterizedTest
    @CsvSource({
        // type, control, engine, live, plain
        "0x0001, false, false, false, 0x0001",
        "0x1fff, false, false, false, 0x1fff",
        "0x2001, false, false, true,  0x0001",
        "0x3fff, false, false, true,  0x1fff",
        "0x8001, true,  false, false, 0x8001",
        "0xa001, true,  false, false, 0xa001",
        "0xbfff, true,  false, false, 0xbfff",
        "0xc001, true,  true,  false, 0xc001",
        "0xe201, true,  true,  false, 0xe201"
    })
    void the_bits_say_lane_owner_and_delivery(
            String type, boolean control, boolean engine, boolean live, String plain) {
        int bits = Integer.decode(type);
        assertThat(MessageType.isControl(bits)).isEqualTo(control);
        assertThat(MessageType.isEngine(bits)).isEqualTo(engine);
        assertThat(MessageType.isLive(bits)).isEqualTo(live);
        assertThat(MessageType.plain(bits)).isEqualTo(Integer.decode(plain));
    }

    @Test
    void no_two_types_have_the_same_number() throws IllegalAccessException {
        List<Integer> numbers = Arrays.stream(MessageType.class.getFields())
                .map(MessageTypeTest::number)
                .toList();
        assertThat(numbers).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    }

    private static int number(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
