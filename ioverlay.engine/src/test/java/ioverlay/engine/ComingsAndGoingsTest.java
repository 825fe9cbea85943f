package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.io.counts.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Relays that join, leave and are exchanged at random between a source and a sink at full load. */
class ComingsAndGoingsTest {
    private static final long SEED = 20040926;
    private static final long RUN_NS = Duration.ofSeconds(8).toNanos();
    private static final Duration BETWEEN = Duration.ofMillis(40);
    private static final int MOST_RELAYS = 4;
    private static final Content CONTENT = Content.mixed(20_000);

    private final Testbed testbed = Testbed.open();
    private final Random random = new Random(SEED);
    private final List<Node> relays = new ArrayList<>();
    private final List<Node> everyone = new ArrayList<>();
    private Node last;
    private Node first;
    private Forwarder forwarder;
    private int joined;
    private int left;
    private int exchanged;

    @AfterEach
    void close() {
        testbed.close();
    }

    private void join() {
        Node relay = testbed.node("relay" + joined++, random.nextBoolean() ? 8 << 10 : 256 << 10);
        Testbed.serve(relay, Forwarder.to(last.id()));
        relays.add(relay);
        everyone.add(relay);
    }

    /** A relay leaves, sometimes while it is still the route. */
    private void leave() {
        Node leaving = relays.remove(random.nextInt(relays.size()));
        if (random.nextInt(4) > 0) {
            route();
        }
        leaving.close();
        route();
        left++;
    }

    private void route() {
        forwarder.route(relays.get(random.nextInt(relays.size())).id());
    }

    private void exchange() {
        switch (random.nextInt(3)) {
            case 0 -> swap(relays.get(random.nextInt(relays.size())), Forwarder.to(last.id()));
            case 1 -> swap(last, Forwarder.delivering());
            default -> {
                Forwarder next =
                        Forwarder.to(relays.get(random.nextInt(relays.size())).id());
                swap(first, next);
                forwarder = next;
            }
        }
        exchanged++;
    }

    private static void swap(Node node, Forwarder next) {
        assertThat(node.exchange(Testbed.candidate(node, 0, next)).failure()).isEmpty();
    }

    /** What all nodes counted, those that left included. */
    private long lost() {
        return everyone.stream()
                .mapToLong(node -> node.count(Count.MESSAGES_LOST))
                .sum();
    }

    @Test
    void every_message_is_delivered_once_or_counted() {
        last = testbed.node("last");
        everyone.add(last);
        Testbed.serve(last, Forwarder.delivering());
        OnceSink sink = Testbed.attach(last, Testbed.APP, new OnceSink(CONTENT));
        join();
        join();
        first = testbed.node("first");
        everyone.add(first);
        forwarder = Testbed.serve(first, Forwarder.to(relays.getFirst().id()));
        NumberedSource source = Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));

        long start = System.nanoTime();
        while (System.nanoTime() - start < RUN_NS) {
            Await.passes(BETWEEN);
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (relays.size() < MOST_RELAYS) {
                        join();
                    }
                }
                case 1 -> {
                    if (relays.size() > 1) {
                        leave();
                    }
                }
                case 2 -> route();
                default -> exchange();
            }
        }
        source.stop();
        try {
            Await.until(
                    "each message is delivered or counted",
                    () -> sink.received() + lost() == source.produced()
                            && first.status().downstreams().stream().allMatch(link -> link.queuedBytes() == 0));
        } finally {
            System.out.println("comings and goings: " + joined + " joined, " + left + " left, " + exchanged
                    + " exchanges; " + source.produced() + " messages, " + sink.received() + " delivered, " + lost()
                    + " counted as lost");
        }
        assertThat(sink.duplicated()).as("duplicated").isZero();
        assertThat(sink.corrupt()).as("corrupt").isZero();
        assertThat(joined).isGreaterThan(5);
        assertThat(left).isGreaterThan(5);
        assertThat(exchanged).isGreaterThan(5);
    }
}
