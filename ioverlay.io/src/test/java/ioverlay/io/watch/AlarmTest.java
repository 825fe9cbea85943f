package ioverlay.io.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.io.threads.Carriers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a carrier of the virtual threads when they are scarce. */
class AlarmTest {
    private final Carriers carriers = new Carriers();
    private final List<Alarm> alarms = new ArrayList<>();

    @AfterEach
    void giveBack() {
        alarms.forEach(Alarm::leave);
    }

    private Alarm alarm() {
        Alarm alarm = new Alarm(1, Thread.currentThread(), carriers);
        alarms.add(alarm);
        return alarm;
    }

    @Test
    void who_came_when_none_was_left_gets_the_one_that_is_given_back_and_nobody_has_two() {
        for (int i = 0; i < Carriers.MOST; i++) {
            Alarm alarm = alarm();
            assertThat(alarm.lend()).isTrue();
            assertThat(alarm.lend()).as("has one").isTrue();
        }
        Alarm late = alarm();
        assertThat(late.lend()).as("none is left").isFalse();
        alarms.getFirst().leave();
        assertThat(late.lend()).isTrue();
        assertThat(alarm().lend()).as("again none is left").isFalse();
        late.leave();
        late.leave();
        assertThat(alarm().lend()).isTrue();
        assertThat(alarm().lend()).as("given back once").isFalse();
    }

    @Test
    void who_has_come_out_needs_none() {
        Alarm over = alarm();
        over.leave();
        assertThat(over.lend()).isTrue();
        for (int i = 0; i < Carriers.MOST; i++) {
            assertThat(alarm().lend()).isTrue();
        }
        assertThat(alarm().lend()).isFalse();
    }
}
