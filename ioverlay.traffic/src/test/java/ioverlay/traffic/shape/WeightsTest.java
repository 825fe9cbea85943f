package ioverlay.traffic.shape;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus.WeightStatus;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final NodeId UPSTREAM = NodeId.parse("127.0.0.1:7001");

    private final Weights weights = new Weights();

    private int weightOf(int application) {
        return weights.of(application, UPSTREAM);
    }

    @Test
    void a_port_of_which_nothing_is_said_has_one() {
        assertThat(weightOf(7)).isOne();
    }

    @Test
    void a_weight_holds_for_a_link_that_comes_later() {
        weights.set(7, UPSTREAM, 5);
        assertThat(weightOf(7)).isEqualTo(5);
        assertThat(weightOf(8)).isOne();
    }

    @Test
    void what_slot_0_says_holds_for_all_that_have_none_of_their_own() {
        weights.set(0, UPSTREAM, 4);
        weights.set(7, UPSTREAM, 5);
        assertThat(weightOf(8)).isEqualTo(4);
        assertThat(weightOf(7)).isEqualTo(5);
    }

    @Test
    void all_that_were_set_are_listed_by_application_and_upstream_with_what_was_said_last() {
        NodeId other = NodeId.parse("127.0.0.1:7002");
        weights.set(-1, UPSTREAM, 4);
        weights.set(7, other, 5);
        weights.set(7, UPSTREAM, 6);
        weights.set(7, UPSTREAM, 1);
        assertThat(weights.all())
                .containsExactly(
                        new WeightStatus(7, UPSTREAM, 1),
                        new WeightStatus(7, other, 5),
                        new WeightStatus(-1, UPSTREAM, 4));
    }

    @Test
    void too_many_are_refused_but_a_known_one_can_still_be_changed() {
        int application = 0;
        while (weights.set(application, UPSTREAM, 2)) {
            application++;
            assertThat(application).isLessThan(10_000);
        }
        assertThat(weights.set(application - 1, UPSTREAM, 9)).isTrue();
        assertThat(weightOf(application - 1)).isEqualTo(9);
    }
}
