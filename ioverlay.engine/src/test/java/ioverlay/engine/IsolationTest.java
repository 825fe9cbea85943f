package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two applications share a link; one that stands still does not slow the other. */
class IsolationTest {
    private static final int RUNNING = 1;
    private static final int STANDING = 2;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofMillis(250);
    private static final Content CONTENT = Content.of(5_000);

    private final Testbed testbed = Testbed.open();
    private final CheckingSink running = new CheckingSink(CONTENT);
    private final CheckingSink standing = new CheckingSink(CONTENT);
    private final NumberedSource obstacle = NumberedSource.of(CONTENT, 0);
    private Node to;

    @BeforeEach
    void twoApplicationsOnOneLink() {
        to = testbed.node("to", 256 << 10);
        Node from = testbed.node("from", 256 << 10);
        Testbed.serve(to, RUNNING, Forwarder.delivering());
        Testbed.serve(to, STANDING, Forwarder.delivering());
        Testbed.attach(to, RUNNING, running);
        Testbed.attach(to, STANDING, standing);
        Testbed.serve(from, Forwarder.to(to.id()));
        Testbed.attach(from, RUNNING, NumberedSource.endless(CONTENT));
        Testbed.attach(from, STANDING, obstacle);
        Await.until("the link runs", () -> running.received() > 2_000);
    }

    @AfterEach
    void close() {
        testbed.close();
    }

    private void fillTheLink() {
        obstacle.limit(Long.MAX_VALUE);
        long[] last = {-1};
        Await.until("the standing application fills its share of the link", () -> {
            long before = last[0];
            Await.passes(Duration.ofMillis(20));
            last[0] = obstacle.produced();
            return before == last[0];
        });
    }

    private void drainTheLink() {
        obstacle.stop();
        Await.until("the standing application is served again", () -> standing.received() == obstacle.produced());
    }

    @Test
    void a_parked_application_does_not_slow_another_one_on_the_same_link() {
        boolean[] parked = new boolean[1];
        Runnable serve = () -> {
            if (parked[0]) {
                to.exchange(Testbed.candidate(to, STANDING, Forwarder.delivering()));
            }
            drainTheLink();
        };
        Runnable park = () -> {
            to.park(STANDING);
            parked[0] = true;
            fillTheLink();
        };
        Rates rates = Rates.reaching(
                0.5,
                "beside a parked application",
                () -> Rates.alternating(ROUNDS, ROUND, running::received, serve, park));
        serve.run();
        assertThat(rates.ratio()).as("%s", rates).isGreaterThan(0.5);
        assertThat(running.corrupt() + running.backwards() + running.skipped()).isZero();
    }

    @Test
    void an_application_that_consumes_nothing_does_not_slow_another_one_on_the_same_link() {
        Runnable consume = () -> {
            standing.reopen();
            drainTheLink();
        };
        Runnable stop = () -> {
            standing.shut();
            fillTheLink();
        };
        Rates rates = Rates.reaching(
                0.5,
                "beside a sink that does not consume",
                () -> Rates.alternating(ROUNDS, ROUND, running::received, consume, stop));
        consume.run();
        assertThat(rates.ratio()).as("%s", rates).isGreaterThan(0.5);
    }

    @Test
    void a_parked_application_loses_nothing_and_goes_on_in_order() {
        obstacle.limit(1_000);
        Await.until("some of it arrived", () -> standing.received() > 0);
        to.park(STANDING);
        obstacle.limit(3_000);
        long whileParked = standing.received();
        Await.passes(Duration.ofMillis(50));
        to.exchange(Testbed.candidate(to, STANDING, Forwarder.delivering()));

        Await.until("all of it arrives", () -> standing.received() == 3_000);
        assertThat(standing.account()).isEqualTo(CheckingSink.intact(3_000));
        assertThat(whileParked).isLessThan(3_000);
    }
}
