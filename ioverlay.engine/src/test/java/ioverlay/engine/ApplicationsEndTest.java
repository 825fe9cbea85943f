package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.Session;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A local application ends under load: what it does not consume is counted, and the session goes on without it. */
class ApplicationsEndTest {
    private static final int ROUNDS = 5;
    private static final Content CONTENT = Content.of(500);

    private final Testbed testbed = Testbed.open();
    private Node middle;
    private CheckingSink beyond;
    private NumberedSource source;

    /** Consumes so many messages, then throws. */
    private static final class Failing implements Application {
        final AtomicLong consumed = new AtomicLong();
        private final long last;

        Failing(long last) {
            this.last = last;
        }

        @Override
        public void begin(Session session) {
            // Nothing to prepare.
        }

        @Override
        public void consume(Message message) {
            if (consumed.incrementAndGet() == last) {
                throw new IllegalStateException("that was the last one");
            }
        }
    }

    @BeforeEach
    void aRelayWithALocalApplication() {
        Node last = testbed.node("last");
        Testbed.serve(last, Forwarder.delivering());
        beyond = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        middle = testbed.node("middle", 32 << 10);
        Testbed.serve(middle, Forwarder.delivering(last.id()));
        Node first = testbed.node("first");
        Testbed.serve(first, Forwarder.to(middle.id()));
        source = NumberedSource.of(CONTENT, 0);
        Testbed.attach(first, Testbed.APP, source);
    }

    @AfterEach
    void close() {
        testbed.close();
    }

    private void expectAllToArriveBeyond() {
        Await.until("the session goes on", () -> beyond.received() > 2_000);
        source.stop();
        Await.until("all arrive beyond it", () -> beyond.received() == source.produced());
        assertThat(beyond.account()).isEqualTo(CheckingSink.intact(source.produced()));
    }

    @Test
    void a_sink_runs_for_as_long_as_it_may_consume() {
        Failing sink = Testbed.attach(middle, Testbed.APP, new Failing(Long.MAX_VALUE));
        source.limit(3000);
        expectAllToArriveBeyond();
        Await.until("it has consumed", () -> sink.consumed.get() > 0);

        assertThat(middle.status().applications())
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo("running"));
    }

    @RepeatedTest(ROUNDS)
    void one_that_throws_is_named_in_the_status_and_what_it_did_not_consume_is_counted() {
        Failing failing = Testbed.attach(middle, Testbed.APP, new Failing(500));
        source.limit(Long.MAX_VALUE);
        expectAllToArriveBeyond();

        assertThat(middle.status().applications()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo("failed");
            assertThat(status.failure()).isEqualTo("that was the last one");
        });
        Await.until(
                source.produced() + " messages are consumed or counted",
                () -> failing.consumed.get() + Testbed.count(middle, "messages.undelivered") == source.produced());
    }

    @RepeatedTest(ROUNDS)
    void one_that_is_detached_lets_everything_go_that_waits_for_it() throws Exception {
        CheckingSink shut = Testbed.attach(middle, Testbed.APP, new CheckingSink(CONTENT).shut());
        source.limit(Long.MAX_VALUE);
        long[] last = {-1};
        Await.until("the session stands still", () -> {
            long before = last[0];
            Await.passes(Duration.ofMillis(20));
            last[0] = source.produced();
            return before == last[0] && before > 0;
        });
        Thread opener = Thread.ofPlatform().start(() -> {
            Await.passes(Duration.ofMillis(20));
            shut.reopen();
        });
        assertThat(middle.detach(Testbed.APP)).isTrue();
        opener.join();
        expectAllToArriveBeyond();

        Await.until(
                source.produced() + " messages are consumed or counted",
                () -> shut.received() + Testbed.count(middle, "messages.undelivered") == source.produced());
    }
}
