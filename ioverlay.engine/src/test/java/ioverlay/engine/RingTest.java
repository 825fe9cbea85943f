package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that share the links of a ring: with one buffer for all applications of a link they stop each other. */
class RingTest {
    private static final int NODES = 3;
    private static final Content CONTENT = Content.mixed(3_000);
    private static final long RUN_NS = Duration.ofSeconds(5).toNanos();

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    @Test
    void three_sessions_of_two_hops_around_a_ring_of_three_never_stop_each_other() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(testbed.node("ring" + i, Testbed.SMALL_BUFFER));
        }
        List<NumberedSource> sources = new ArrayList<>();
        List<CheckingSink> sinks = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            Node first = nodes.get(i);
            Node second = nodes.get((i + 1) % NODES);
            Node third = nodes.get((i + 2) % NODES);
            int application = i + 1;
            Testbed.serve(third, application, Forwarder.delivering());
            Testbed.serve(second, application, Forwarder.to(third.id()));
            Testbed.serve(first, application, Forwarder.to(second.id()));
            sinks.add(Testbed.attach(third, application, new CheckingSink(CONTENT)));
            sources.add(Testbed.attach(first, application, NumberedSource.endless(CONTENT)));
        }

        long start = System.nanoTime();
        while (System.nanoTime() - start < RUN_NS) {
            for (CheckingSink sink : sinks) {
                long before = sink.received();
                Await.until("each session goes on", () -> sink.received() > before + 10);
            }
        }
        sources.forEach(NumberedSource::stop);
        for (int i = 0; i < NODES; i++) {
            NumberedSource source = sources.get(i);
            CheckingSink sink = sinks.get(i);
            Await.until("all of a session arrives", () -> sink.received() == source.produced());
            assertThat(sink.account()).isEqualTo(CheckingSink.intact(source.produced()));
        }
        System.out.println("ring, messages of each session: "
                + sinks.stream().map(CheckingSink::received).toList());
    }
}
