package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node with two upstreams and two downstreams at full load, while its algorithm is exchanged. */
class ExchangeUnderLoadTest {
    private static final int EXCHANGES = 200;
    private static final Content CONTENT = Content.mixed(20_000);

    private final Testbed testbed = Testbed.open();
    private final List<CheckingSink> sinks = new ArrayList<>();
    private final List<NumberedSource> sources = new ArrayList<>();
    private Node middle;
    private NodeId[] downstreams;

    /** Sends on, and carries the number of messages that it and its predecessors took. */
    private static class Counting extends BasicAlgorithm {
        private final NodeId[] route;

        @Carried
        private long taken;

        Counting(NodeId... route) {
            this.route = route.clone();
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.DATA) {
                taken++;
                send(message, route);
            }
            return Disposition.DONE;
        }

        @Override
        public JsonObject status() {
            JsonObject status = new JsonObject();
            status.addProperty("taken", taken);
            return status;
        }
    }

    @BeforeEach
    void twoUpstreamsAndTwoDownstreams() {
        downstreams = new NodeId[2];
        for (int i = 0; i < 2; i++) {
            Node leaf = testbed.node("down" + i);
            Testbed.serve(leaf, Forwarder.delivering());
            sinks.add(Testbed.attach(leaf, Testbed.APP, new CheckingSink(CONTENT)));
            downstreams[i] = leaf.id();
        }
        middle = testbed.node("middle");
        Testbed.serve(middle, new Counting(downstreams));
        for (int i = 0; i < 2; i++) {
            Node source = testbed.node("up" + i);
            Testbed.serve(source, Forwarder.to(middle.id()));
            sources.add(Testbed.attach(source, Testbed.APP, NumberedSource.endless(CONTENT)));
        }
        sinks.forEach(sink -> Await.until("the load flows", () -> sink.received() > 1_000));
    }

    @AfterEach
    void close() {
        testbed.close();
    }

    private long stopAndAwaitAll() {
        sources.forEach(NumberedSource::stop);
        long[] produced = {-1};
        Await.until("all arrive", () -> {
            produced[0] = sources.stream().mapToLong(NumberedSource::produced).sum();
            return sinks.stream().allMatch(sink -> sink.received() >= produced[0]);
        });
        return produced[0];
    }

    private long taken() {
        return middle.status().slots().getFirst().detail().get("taken").getAsLong();
    }

    @Test
    void two_hundred_exchanges_lose_duplicate_and_reorder_nothing() throws Exception {
        Lateness pauses = new Lateness();
        long before = sinks.getFirst().received();
        for (int i = 0; i < EXCHANGES; i++) {
            Candidate next = Testbed.candidate(middle, 0, new Counting(downstreams));
            middle.rehearse(next, middle.state(0), new WrittenBy("counting", "1.0.0"));
            long flowed = sinks.getFirst().received();
            Exchange exchange = middle.exchange(next);
            assertThat(exchange.failure()).isEmpty();
            pauses.add(exchange.pauseNs());
            Await.until(
                    "data flows between two exchanges", () -> sinks.getFirst().received() > flowed);
        }
        long during = sinks.getFirst().received() - before;

        long produced = stopAndAwaitAll();
        assertThat(sinks).allMatch(sink -> sink.account().equals(CheckingSink.intact(produced)));
        assertThat(taken()).as("each message was given to exactly one call").isEqualTo(produced);
        System.out.println("pauses of exchanges while " + during + " messages passed: " + pauses);
    }

    @Test
    void a_restore_that_throws_leaves_the_old_one_serving_and_loses_nothing() {
        class Vetoing extends Counting {
            @Override
            public void restore(State state, WrittenBy writtenBy) {
                throw new IllegalArgumentException("not mine");
            }
        }
        for (int i = 0; i < 20; i++) {
            Candidate vetoing = Testbed.candidate(middle, 0, new Vetoing());
            Exchange exchange = middle.exchange(vetoing);
            middle.discard(vetoing);
            assertThat(exchange.failure())
                    .hasValueSatisfying(why -> assertThat(why).hasMessage("not mine"));
        }

        long produced = stopAndAwaitAll();
        assertThat(sinks).allMatch(sink -> sink.account().equals(CheckingSink.intact(produced)));
        assertThat(taken()).isEqualTo(produced);
    }

    @Test
    void a_call_that_throws_loses_exactly_its_message_and_has_sent_nothing() {
        class Faulty extends Counting {
            private boolean thrown;

            Faulty() {
                super(downstreams);
            }

            @Override
            public Disposition process(Message message) {
                super.process(message);
                if (!thrown && message.type() == MessageType.DATA) {
                    thrown = true;
                    throw new IllegalStateException("once, after it has sent");
                }
                return Disposition.DONE;
            }
        }
        assertThat(middle.exchange(Testbed.candidate(middle, 0, new Faulty())).failure())
                .isEmpty();
        Await.until("it has thrown", () -> Testbed.count(middle, "messages.failed") == 1);

        sources.forEach(NumberedSource::stop);
        Await.until("all but one arrive", () -> {
            long produced = sources.stream().mapToLong(NumberedSource::produced).sum();
            return sinks.stream().allMatch(sink -> sink.received() == produced - 1 && sink.skipped() == 1);
        });
        assertThat(sinks).allMatch(sink -> sink.backwards() == 0 && sink.corrupt() == 0);
        assertThat(middle.status().slots().getFirst().failed()).isEqualTo(1);
    }
}
