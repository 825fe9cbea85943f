package ioverlay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void of_two_hundred_samples_the_99th_is_the_198th_smallest() {
        long[] backwards =
                LongStream.rangeClosed(1, 200).map(sample -> 201 - sample).toArray();

        assertThat(Percentiles.of(backwards)).isEqualTo(new Percentiles(200, 100, 198, 200));
    }

    @Test
    void of_few_samples_the_99th_is_the_largest() {
        assertThat(Percentiles.of(7, 3, 5)).isEqualTo(new Percentiles(3, 5, 7, 7));
    }

    @Test
    void one_sample_is_all_of_them() {
        assertThat(Percentiles.of(4)).isEqualTo(new Percentiles(1, 4, 4, 4));
    }

    @Test
    void without_samples_there_is_nothing_to_say() {
        assertThat(Percentiles.of()).isEqualTo(new Percentiles(0, 0, 0, 0));
    }
}
