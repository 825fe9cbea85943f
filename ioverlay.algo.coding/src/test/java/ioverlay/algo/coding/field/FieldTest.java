package ioverlay.algo.coding.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FieldTest {
    @Test
    void every_product_is_that_of_the_polynomials() {
        for (int a = 0; a < Field.ORDER; a++) {
            for (int b = 0; b < Field.ORDER; b++) {
                assertThat(Field.times(a, b)).as("%d times %d", a, b).isEqualTo(Polynomials.times(a, b));
            }
        }
    }

    @Test
    void everything_but_zero_has_an_inverse() {
        for (int a = 1; a < Field.ORDER; a++) {
            assertThat(Polynomials.times(a, Field.inverse(a))).isEqualTo(1);
        }
        assertThatThrownBy(() -> Field.inverse(0)).isInstanceOf(ArithmeticException.class);
    }
}
