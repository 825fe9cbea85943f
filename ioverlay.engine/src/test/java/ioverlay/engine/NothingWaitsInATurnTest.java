package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node with a full link, a parked application and a slow sink still answers its timers. */
class NothingWaitsInATurnTest {
    private static final Content CONTENT = Content.of(5_000);
    private static final double BOUND_MS = 20;
    private static final long ROUND_NS = Duration.ofMillis(2_500).toNanos();

    /** Noise of the machine can spoil a round, but it cannot hide a turn that waits: the best one counts. */
    private static final int ROUNDS = 3;

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Sets a timer of 1 ms again and again and takes the time by which it is late. */
    private static final class Ticker extends BasicAlgorithm {
        private static final Duration TICK = Duration.ofMillis(1);

        /** Volatile: the test begins a new round. */
        volatile Lateness late = new Lateness();

        private long dueNs;

        @Override
        public void begin(Place where) {
            super.begin(where);
            again();
        }

        private void again() {
            dueNs = System.nanoTime() + TICK.toNanos();
            timer(1, TICK);
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.TIMER) {
                late.add(System.nanoTime() - dueNs);
                again();
            }
            return Disposition.DONE;
        }
    }

    @Test
    void a_timer_is_late_by_under_20_ms_beside_a_full_link_a_parked_application_and_a_slow_sink() {
        Node peer = testbed.node("peer");
        Node busy = testbed.node("busy");
        Testbed.serve(peer, Forwarder.delivering());
        Testbed.attach(peer, 1, new CheckingSink(CONTENT).shut());
        Testbed.serve(busy, Forwarder.to(peer.id()));
        Testbed.attach(busy, 1, NumberedSource.endless(CONTENT)); // its link fills
        Testbed.serve(busy, 2, Forwarder.to(peer.id()));
        Testbed.attach(busy, 2, NumberedSource.endless(CONTENT));
        busy.park(2);
        Testbed.serve(busy, 3, Forwarder.delivering());
        Testbed.attach(busy, 3, new EchoingApplication(CONTENT, Duration.ofMillis(20)));
        Testbed.serve(busy, 5, Forwarder.delivering());
        CheckingSink flowing = Testbed.attach(busy, 5, new CheckingSink(CONTENT));
        Testbed.serve(peer, 5, Forwarder.to(busy.id()));
        Testbed.attach(peer, 5, NumberedSource.endless(CONTENT));
        Await.until("data flows through the busy node", () -> flowing.received() > 5_000);

        Ticker ticker = Testbed.serve(busy, 4, new Ticker());
        boolean inTime = false;
        List<String> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS && !inTime; round++) {
            Lateness late = new Lateness();
            ticker.late = late;
            Lateness machine = new Lateness();
            long start = System.nanoTime();
            while (System.nanoTime() - start < ROUND_NS) {
                machine.add(Await.passes(Ticker.TICK) - Ticker.TICK.toNanos());
            }
            rounds.add("1 ms timer: " + late + "; a sleeping thread of this machine: " + machine);
            System.out.println(rounds.getLast());
            assertThat(late.count()).as("ticks").isGreaterThan(500);
            inTime = late.millis(1) < BOUND_MS;
        }
        assertThat(inTime).as("the latest under %s ms: %s", BOUND_MS, rounds).isTrue();
    }
}
