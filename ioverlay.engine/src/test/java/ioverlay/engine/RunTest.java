package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.io.memory.Run;
import ioverlay.io.memory.Slab;
import org.junit.jupiter.api.Test;

class RunTest {
    /** Messages of 24, 124 and 34 bytes from byte 10 on: boundaries at 10, 34, 158 and 192. */
    private final Slab slab = Slab.onHeap(1000);

    private final Run run;

    RunTest() {
        Messages.write(slab, 10, 7, 0, 0);
        Messages.write(slab, 34, 7, 1, 100);
        Messages.write(slab, 158, 7, 2, 10);
        run = new Run(slab, 10, 24);
        run.extend(slab, 34, 124);
        run.extend(slab, 158, 34);
    }

    @Test
    void neighbours_are_merged() {
        assertThat(run.from).isEqualTo(10);
        assertThat(run.bytes()).isEqualTo(182);
    }

    @Test
    void a_message_further_on_is_not_merged() {
        assertThat(run.extend(slab, 200, 24)).isFalse();
        assertThat(run.bytes()).isEqualTo(182);
    }

    @Test
    void a_message_of_another_slab_is_not_merged() {
        assertThat(run.extend(Slab.onHeap(1000), 192, 24)).isFalse();
    }

    @Test
    void the_boundary_is_the_first_at_or_after_what_is_asked() {
        assertThat(run.boundary(0)).isEqualTo(10);
        assertThat(run.boundary(1)).isEqualTo(34);
        assertThat(run.boundary(24)).isEqualTo(34);
        assertThat(run.boundary(25)).isEqualTo(158);
        assertThat(run.boundary(148)).isEqualTo(158);
        assertThat(run.boundary(149)).isEqualTo(192);
    }

    @Test
    void the_boundary_is_never_beyond_the_end() {
        assertThat(run.boundary(1L << 40)).isEqualTo(192);
    }

    @Test
    void the_boundary_can_be_asked_in_any_order() {
        assertThat(run.boundary(149)).isEqualTo(192);
        assertThat(run.boundary(1)).isEqualTo(34);
    }

    @Test
    void within_a_message_the_boundary_is_its_end() {
        run.from = 40;
        assertThat(run.isAtBoundary()).isFalse();
        assertThat(run.boundary(0)).isEqualTo(158);
        assertThat(run.boundary(1)).isEqualTo(158);
        assertThat(run.boundary(119)).isEqualTo(192);
    }

    @Test
    void where_a_message_begins_is_a_boundary() {
        run.from = 158;
        assertThat(run.isAtBoundary()).isTrue();
        assertThat(run.boundary(0)).isEqualTo(158);
    }

    @Test
    void messages_are_gone_when_their_last_byte_is() {
        assertThat(run.messages()).isEqualTo(3);
        assertThat(run.messagesGone()).isZero();
        run.from = 33;
        assertThat(run.messagesGone()).isZero();
        run.from = 34;
        assertThat(run.messagesGone()).isEqualTo(1);
        run.from = 191;
        assertThat(run.messagesGone()).isEqualTo(2);
        run.from = 192;
        assertThat(run.messagesGone()).isEqualTo(3);
    }
}
