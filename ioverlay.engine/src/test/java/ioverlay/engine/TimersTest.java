package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Place;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timers, as an algorithm sees them. */
class TimersTest {
    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Sets the same timer anew whenever it comes. */
    private static final class Again extends BasicAlgorithm {
        final AtomicInteger ticks = new AtomicInteger();

        @Override
        public void begin(Place where) {
            super.begin(where);
            timer(1, Duration.ZERO);
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.TIMER) {
                ticks.incrementAndGet();
                timer(1, Duration.ZERO);
            }
            return Disposition.DONE;
        }
    }

    /** Counts the ticks of a periodic timer, those that it missed included. */
    private static final class Periodic extends BasicAlgorithm {
        final AtomicInteger periods = new AtomicInteger();

        @Override
        public void begin(Place where) {
            super.begin(where);
            timer(1, Duration.ofMillis(1), Duration.ofMillis(1));
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.TIMER) {
                periods.addAndGet(1 + message.param2());
            }
            return Disposition.DONE;
        }
    }

    @Test
    void a_timer_that_is_set_anew_when_it_comes_never_gets_lost() {
        Again again = Testbed.serve(testbed.node("n"), new Again());
        Await.until("20000 ticks", () -> again.ticks.get() >= 20_000);
    }

    @Test
    void a_periodic_timer_comes_once_for_each_period_or_says_how_many_it_missed() {
        Node node = testbed.node("n");
        long start = System.nanoTime();
        Periodic periodic = Testbed.serve(node, new Periodic());
        Await.passes(Duration.ofMillis(300));
        long seen = periodic.periods.get();
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(seen).isBetween(150L, millis);
    }
}
