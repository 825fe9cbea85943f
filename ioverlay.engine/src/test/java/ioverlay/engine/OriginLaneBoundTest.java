package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.io.message.OriginLane;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OriginLaneBoundTest {
    private final AtomicInteger rooms = new AtomicInteger();
    private final OriginLane lane = new OriginLane(rooms::incrementAndGet);

    private void fill(int messages, int bytes) {
        for (int i = 0; i < messages; i++) {
            assertThat(lane.admits(bytes)).isTrue();
            lane.waits(bytes);
        }
    }

    private void drain(int messages, int bytes) {
        for (int i = 0; i < messages; i++) {
            lane.went(bytes);
        }
    }

    @Test
    void takes_so_many_messages_and_no_more() {
        fill(OriginLane.MAX_MESSAGES, 24);
        assertThat(lane.admits(24)).isFalse();
    }

    @Test
    void takes_so_many_bytes_and_no_more() {
        fill(4, OriginLane.MAX_BYTES / 4);
        assertThat(lane.admits(24)).isFalse();
    }

    @Test
    void one_that_is_too_large_is_refused_where_a_smaller_one_is_not() {
        fill(1, OriginLane.MAX_BYTES - 100);
        assertThat(lane.admits(101)).isFalse();
        assertThat(lane.admits(100)).isTrue();
    }

    @Test
    void an_empty_lane_takes_one_message_of_any_size() {
        fill(1, OriginLane.MAX_BYTES + 1);
        assertThat(lane.admits(24)).isFalse();
    }

    @Test
    void says_that_there_is_room_once_half_of_it_has_drained() {
        fill(OriginLane.MAX_MESSAGES, 24);
        assertThat(lane.admits(24)).isFalse();
        drain(OriginLane.MAX_MESSAGES / 2 - 1, 24);
        assertThat(rooms).hasValue(0);
        drain(1, 24);
        assertThat(rooms).hasValue(1);
        drain(OriginLane.MAX_MESSAGES / 2, 24);
        assertThat(rooms).hasValue(1);
    }

    @Test
    void half_of_the_bytes_must_have_drained_too() {
        fill(8, OriginLane.MAX_BYTES / 8);
        assertThat(lane.admits(24)).isFalse();
        drain(3, OriginLane.MAX_BYTES / 8);
        assertThat(rooms).hasValue(0);
        drain(1, OriginLane.MAX_BYTES / 8);
        assertThat(rooms).hasValue(1);
    }

    @Test
    void says_nothing_of_room_to_one_that_was_never_refused() {
        fill(OriginLane.MAX_MESSAGES, 24);
        drain(OriginLane.MAX_MESSAGES, 24);
        assertThat(rooms).hasValue(0);
    }
}
