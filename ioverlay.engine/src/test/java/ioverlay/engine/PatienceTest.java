package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.engine.shared.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long CHECK_MS = 250;

    private final Clock clock = new Clock();
    private final AtomicInteger shownOut = new AtomicInteger();
    private final Patience patience = new Patience(clock, CHECK_MS, shownOut::incrementAndGet);

    @AfterEach
    void close() {
        patience.close();
        clock.close();
    }

    private static void looks(int howMany) {
        Await.passes(Duration.ofMillis(CHECK_MS * howMany + CHECK_MS / 2));
    }

    @Test
    void ends_with_a_part_of_a_message_to_which_nothing_comes() {
        patience.progress(100, 50);
        Await.until("the end", () -> shownOut.get() == 1);
    }

    @Test
    void ends_with_a_trickle() {
        patience.progress(100, 50);
        for (int part = 51; shownOut.get() == 0 && part < 1000; part++) {
            patience.progress(1, part);
            Await.passes(Duration.ofMillis(CHECK_MS / 2));
        }
        assertThat(shownOut).hasValue(1);
    }

    @Test
    void does_not_end_with_silence_between_messages() {
        patience.progress(100, 0);
        looks(2);
        assertThat(shownOut).hasValue(0);
    }

    @Test
    void does_not_end_with_a_message_that_goes_on() {
        patience.progress(100, 100);
        for (int part = 200; part < 2200; part += 100) {
            Await.passes(Duration.ofMillis(CHECK_MS / 8));
            patience.progress(100, part);
        }
        patience.progress(10, 0);
        looks(2);
        assertThat(shownOut).hasValue(0);
    }

    @Test
    void does_not_end_with_small_messages_of_which_each_look_sees_the_beginning() {
        for (int i = 0; i < 6; i++) {
            patience.progress(5, 5); // the first bytes of a small message
            Await.passes(Duration.ofMillis(CHECK_MS / 3));
            patience.progress(10, 5); // its end, and the first bytes of the next
        }
        patience.progress(10, 0);
        assertThat(shownOut).hasValue(0);
    }

    @Test
    void has_no_say_once_it_is_closed() {
        patience.progress(100, 50);
        patience.close();
        looks(2);
        assertThat(shownOut).hasValue(0);
    }
}
