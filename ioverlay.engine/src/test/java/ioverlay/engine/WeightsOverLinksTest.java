package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Application;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import ioverlay.api.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shares of upstreams that compete for one node. */
class WeightsOverLinksTest {
    private static final Content CONTENT = Content.of(2_000);
    private static final Duration MEASURE = Duration.ofMillis(600);
    private static final int MESSAGES_PER_REST = 50;

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Delivers, and sets the weight of an upstream when told to. */
    private static final class Weighing extends BasicAlgorithm {
        @Override
        public Disposition process(Message message) {
            switch (message.type()) {
                case MessageType.DATA -> deliver(message);
                case MessageType.CUSTOM -> weight(Payloads.nodes(message).getFirst(), message.param1());
                default -> {
                    return super.process(message);
                }
            }
            return Disposition.DONE;
        }
    }

    /** Counts per originator, and rests now and then so that its node is the bottleneck. */
    private static final class RestingSink implements Application {
        final Map<NodeId, Long> received = new ConcurrentHashMap<>();
        private int left = MESSAGES_PER_REST;

        @Override
        public void begin(Session session) {
            // Nothing to prepare.
        }

        @Override
        public void consume(Message message) {
            received.merge(message.sender(), 1L, Long::sum);
            if (--left == 0) {
                left = MESSAGES_PER_REST;
                LockSupport.parkNanos(1_000_000);
            }
        }

        long of(Node source) {
            return received.getOrDefault(source.id(), 0L);
        }
    }

    private Node source(String name, Node to) {
        Node source = testbed.node(name, 256 << 10);
        Testbed.serve(source, Forwarder.to(to.id()));
        Testbed.attach(source, Testbed.APP, NumberedSource.endless(CONTENT));
        return source;
    }

    private static double ratio(RestingSink sink, Node one, Node other) {
        Await.passes(Duration.ofMillis(100));
        long ofOne = sink.of(one);
        long ofOther = sink.of(other);
        Await.passes(MEASURE);
        return (double) (sink.of(one) - ofOne) / (sink.of(other) - ofOther);
    }

    @Test
    void a_weight_changes_the_shares_of_two_links_while_they_run() {
        Node middle = testbed.node("middle", 256 << 10);
        Testbed.serve(middle, new Weighing());
        RestingSink sink = Testbed.attach(middle, Testbed.APP, new RestingSink());
        Node one = source("one", middle);
        Node other = source("other", middle);
        Await.until("both flow", () -> sink.of(one) > 500 && sink.of(other) > 500);

        double equal = ratio(sink, one, other);
        middle.tell(Message.builder(middle.id(), MessageType.CUSTOM)
                .params(4, 0)
                .payload(List.of(one.id()))
                .build());
        double fourToOne = ratio(sink, one, other);

        System.out.println("shares with weights 1:1 " + equal + ", 4:1 " + fourToOne);
        assertThat(equal).isBetween(0.7, 1.4);
        assertThat(fourToOne).isBetween(3.0, 5.0);
    }
}
