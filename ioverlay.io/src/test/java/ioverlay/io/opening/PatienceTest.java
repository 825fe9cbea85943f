package ioverlay.io.opening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The looks are taken by hand: no test here depends on the time. */
class PatienceTest {
    private final Queue<Runnable> looks = new ArrayDeque<>();
    private int shownOut;
    private final Patience patience = new Patience(this::later, 1_000, () -> shownOut++);

    private Future<?> later(long delayNs, Runnable look) {
        looks.add(look);
        return CompletableFuture.completedFuture(null);
    }

    /** The next look, if one is scheduled. */
    private void look() {
        Runnable next = looks.poll();
        if (next != null) {
            next.run();
        }
    }

    @Test
    void ends_with_a_part_of_a_message_to_which_nothing_comes() {
        patience.progress(100, 50);
        look();
        assertThat(shownOut).isOne();
        assertThat(looks).isEmpty();
    }

    @Test
    void ends_with_a_trickle() {
        patience.progress(100, 50);
        patience.progress(1, 51);
        patience.progress(1, 52);
        look();
        assertThat(shownOut).isOne();
    }

    @Test
    void takes_no_look_at_silence_between_messages() {
        patience.progress(100, 0);
        assertThat(looks).isEmpty();
    }

    @Test
    void does_not_end_with_a_message_that_goes_on() {
        patience.progress(100, 100);
        for (int part = 200; part < 1200; part += 100) {
            patience.progress(100, part);
            look();
        }
        assertThat(shownOut).isZero();
    }

    @Test
    void stops_looking_when_the_message_has_ended() {
        patience.progress(100, 100);
        patience.progress(10, 0);
        look();
        assertThat(shownOut).isZero();
        assertThat(looks).isEmpty();
    }

    @Test
    void does_not_end_with_small_messages_of_which_each_look_sees_the_beginning() {
        for (int i = 0; i < 12; i++) {
            patience.progress(10, 10); // the first bytes of a small message
            patience.progress(30, 10); // its end, and the first bytes of the next
            look();
        }
        assertThat(shownOut).isZero();
    }

    @Test
    void has_no_say_once_it_is_closed() {
        patience.progress(100, 50);
        patience.close();
        look();
        assertThat(shownOut).isZero();
    }
}
