package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    private static final List<String> SORTED = List.of(
            "2",
            "10",
            "a",
            "a-1",
            "a0",
            "a00",
            "a01",
            "a1",
            "a1b",
            "a2",
            "a10",
            "a10b2",
            "a10b10",
            "b",
            "n9",
            "n10",
            "n99999999999999999999",
            "n100000000000000000000");

    @Test
    void numbers_in_names_count_as_numbers() {
        List<String> mixed = new ArrayList<>(SORTED);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(mixed, new Random(seed));
            mixed.sort(new NaturalOrder());
            assertThat(mixed).as("seed " + seed).isEqualTo(SORTED);
        }
    }

    @Test
    void only_equal_names_are_equal() {
        NaturalOrder order = new NaturalOrder();
        for (String one : SORTED) {
            for (String other : SORTED) {
                int compared = order.compare(one, other);
                assertThat(compared == 0).isEqualTo(one.equals(other));
                assertThat(Integer.signum(order.compare(other, one))).isEqualTo(-Integer.signum(compared));
            }
        }
    }
}
