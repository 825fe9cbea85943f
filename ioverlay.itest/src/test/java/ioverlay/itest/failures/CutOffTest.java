package ioverlay.itest.failures;

import static ioverlay.api.MessageType.LINK_FAILED;
import static ioverlay.api.MessageType.LINK_UP;
import static ioverlay.itest.failures.Peer.DOWNSTREAM;
import static ioverlay.itest.failures.Peer.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hosts between which the traffic is dropped, so that nobody hears anything: no reset, no end of the stream. */
@Tag("own-jvm")
@Timeout(120)
final class CutOffTest {
    private static final int INACTIVITY_MS = 2_000;
    private static final long RATE = 100_000;

    @Test
    void both_are_told_when_the_inactivity_time_is_over_and_can_dial_again_when_the_cable_is_back() throws Exception {
        String obstacle = TwoHosts.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle);
        try (TwoHosts hosts = new TwoHosts();
                Remote first = Remote.start(TwoHosts.FIRST, INACTIVITY_MS, hosts.atFirst());
                Remote second = Remote.start(TwoHosts.SECOND, INACTIVITY_MS, hosts.atSecond())) {
            List<Remote> both = List.of(first, second);
            first.tell("stream " + second.id() + " " + RATE);
            second.tell("stream " + first.id() + " " + RATE);
            for (Remote one : both) {
                one.await(LINK_UP, UPSTREAM, 1);
                one.await(LINK_UP, DOWNSTREAM, 1);
            }

            long start = System.nanoTime();
            hosts.pull();
            List<Long> took = new ArrayList<>();
            for (Remote one : both) {
                for (int way : List.of(UPSTREAM, DOWNSTREAM)) {
                    Heard heard = one.await(LINK_FAILED, way, 1);
                    took.add(TimeUnit.NANOSECONDS.toMillis(heard.atNs() - start));
                }
            }
            System.out.println("cut off: told after ms " + took);
            assertThat(took)
                    .allMatch(millis -> millis <= INACTIVITY_MS * 11 / 10)
                    .allMatch(millis -> millis >= INACTIVITY_MS * 9 / 10);

            hosts.plug();
            first.tell("stream " + second.id() + " " + RATE);
            second.tell("stream " + first.id() + " " + RATE);
            for (Remote one : both) {
                one.await(LINK_UP, UPSTREAM, 2);
                one.await(LINK_UP, DOWNSTREAM, 2);
            }
        }
    }
}
