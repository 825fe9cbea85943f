package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceCheckTest {
    private final SequenceCheck check = SequenceCheck.from(0);

    private void take(long... sequences) {
        for (long sequence : sequences) {
            check.take(sequence);
        }
    }

    private void assertCounts(long delivered, long lost, long duplicated, long reordered) {
        assertThat(List.of(check.delivered(), check.lost(), check.duplicated(), check.reordered()))
                .as("delivered, lost, duplicated, reordered")
                .containsExactly(delivered, lost, duplicated, reordered);
    }

    @Test
    void all_numbers_in_order_are_just_delivered() {
        take(0, 1, 2, 3);
        assertCounts(4, 0, 0, 0);
    }

    @Test
    void a_gap_is_lost() {
        take(0, 1, 4);
        assertCounts(3, 2, 0, 0);
    }

    @Test
    void the_first_number_is_missed_too() {
        take(2);
        assertCounts(1, 2, 0, 0);
    }

    @Test
    void what_comes_after_all_was_reordered_and_not_lost() {
        take(0, 3, 1, 2);
        assertCounts(4, 0, 0, 2);
    }

    @Test
    void the_same_number_again_is_a_duplicate() {
        take(0, 1, 1, 0);
        assertCounts(2, 0, 2, 0);
    }

    @Test
    void the_answer_tells_new_from_duplicate() {
        assertThat(check.take(5)).isTrue();
        assertThat(check.take(5)).isFalse();
        assertThat(check.take(4)).isTrue();
    }

    @Test
    void a_late_number_is_a_duplicate_when_it_comes_again() {
        take(0, 2, 1, 1);
        assertCounts(3, 0, 1, 1);
    }

    @Test
    void what_is_older_than_the_window_counts_as_duplicate_and_its_gap_stays_lost() {
        take(0, SequenceCheck.WINDOW + 1, 1);
        assertCounts(2, SequenceCheck.WINDOW, 1, 0);
    }

    @Test
    void the_oldest_number_in_the_window_is_still_told() {
        take(0, SequenceCheck.WINDOW, 1);
        assertCounts(3, SequenceCheck.WINDOW - 2, 0, 1);
    }

    @Test
    void a_jump_far_beyond_the_window_forgets_it() {
        take(0, 1, 2, 10L * SequenceCheck.WINDOW + 1);
        assertThat(check.take(10L * SequenceCheck.WINDOW)).isTrue();
    }

    @Test
    void numbers_before_the_first_were_never_missed() {
        SequenceCheck late = SequenceCheck.from(100);
        late.take(100);
        late.take(99);
        assertThat(late.lost()).isZero();
        assertThat(late.reordered()).isEqualTo(1);
    }

    @Test
    void any_shuffle_within_the_window_is_counted_exactly() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(SequenceCheck.WINDOW - 1);
            List<Long> sent = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                sent.add((long) random.nextInt(most));
            }
            Collections.shuffle(sent, random);
            SequenceCheck shuffled = SequenceCheck.from(0);
            Set<Long> distinct = new HashSet<>();
            long late = 0;
            for (long sequence : sent) {
                boolean isNew = distinct.add(sequence);
                late += isNew && sequence < Collections.max(distinct) ? 1 : 0;
                assertThat(shuffled.take(sequence)).as("seed " + seed).isEqualTo(isNew);
            }
            assertThat(shuffled.delivered()).isEqualTo(distinct.size());
            assertThat(shuffled.duplicated()).isEqualTo(sent.size() - distinct.size());
            assertThat(shuffled.lost()).isEqualTo(Collections.max(distinct) + 1 - distinct.size());
            assertThat(shuffled.reordered()).isEqualTo(late);
        }
    }
}
