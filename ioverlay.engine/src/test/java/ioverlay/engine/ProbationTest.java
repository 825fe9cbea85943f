package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new occupant on probation: what it fails at goes to the old one, and so does the slot when it fails too often. */
class ProbationTest {
    private static final Content CONTENT = Content.mixed(20_000);

    private final Testbed testbed = Testbed.open();
    private final Queue<Return> returns = new ConcurrentLinkedQueue<>();
    private CheckingSink sink;
    private NumberedSource source;
    private NodeId last;
    private Node middle;

    /** Sends on, counts, and throws at the messages it is told to, after it has sent. */
    private static class Counter extends BasicAlgorithm {
        private final LongPredicate fails;
        private final NodeId[] route;
        final AtomicInteger ends = new AtomicInteger();

        @Carried
        private long count;

        /** Volatile: the test reads it. */
        volatile long taken;

        Counter(LongPredicate fails, NodeId... route) {
            this.fails = fails;
            this.route = route.clone();
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() != MessageType.DATA) {
                return super.process(message);
            }
            send(message, route);
            if (fails.test(message.sequence())) {
                throw new IllegalStateException("not this one");
            }
            taken = ++count;
            return Disposition.DONE;
        }

        @Override
        public void end() {
            ends.incrementAndGet();
        }
    }

    @BeforeEach
    void chain() {
        Node end = testbed.node("last");
        Testbed.serve(end, Forwarder.delivering());
        sink = Testbed.attach(end, Testbed.APP, new CheckingSink(CONTENT));
        last = end.id();
        middle = testbed.node("middle");
    }

    @AfterEach
    void close() {
        testbed.close();
    }

    private void load() {
        Node first = testbed.node("first");
        Testbed.serve(first, Forwarder.to(middle.id()));
        source = Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));
        Await.until("the load flows", () -> sink.received() > 500);
    }

    private Counter good() {
        return new Counter(sequence -> false, last);
    }

    private Exchange exchange(Counter next, int failures) {
        return middle.exchange(Testbed.candidate(middle, 0, next), new Terms(failures, returns::add));
    }

    private void allArrive() {
        source.stop();
        Await.until("all arrive", () -> sink.received() == source.produced());
        assertThat(sink.account()).isEqualTo(CheckingSink.intact(source.produced()));
    }

    private Return returned() {
        Await.until("the slot goes back", () -> !returns.isEmpty());
        assertThat(returns).hasSize(1);
        return returns.element();
    }

    @Test
    void messages_at_which_the_new_one_fails_are_neither_lost_nor_doubled_nor_reordered() {
        Counter old = Testbed.serve(middle, good());
        load();
        Counter next = new Counter(sequence -> sequence % 7 == 0, last);
        assertThat(exchange(next, 1_000_000).failure()).isEmpty();
        Await.until("a thousand are done again", () -> middle.redone(0) > 1_000);

        assertThat(middle.confirm(0)).isTrue();
        long redone = middle.redone(0);
        assertThat(old.ends).hasValue(1);
        assertThat(middle.confirm(0)).isFalse();
        assertThat(returns).isEmpty();
        middle.exchange(Testbed.candidate(middle, 0, good()));
        long missing = Testbed.count(middle, "messages.failed"); // between the end of the probation and the exchange
        source.stop();
        Await.until("all others arrive", () -> sink.received() == source.produced() - missing);
        assertThat(sink.skipped()).isEqualTo(missing);
        assertThat(sink.backwards() + sink.corrupt()).isZero();
        assertThat(middle.redone(0)).isEqualTo(redone);
    }

    @Test
    void at_the_last_failure_the_old_one_is_back_with_the_state_of_the_new_one() {
        Counter old = Testbed.serve(middle, good());
        load();
        Counter next = new Counter(sequence -> sequence % 1_000 == 999, last);
        Candidate candidate = Testbed.candidate(middle, 0, next);
        middle.exchange(candidate, new Terms(3, returns::add));

        Return back = returned();
        assertThat(back.stateCarried()).isTrue();
        assertThat(back.stalled()).isFalse();
        assertThat(back.redone()).isEqualTo(3);
        assertThat(back.completed()).isPositive();
        assertThat(back.cause()).contains("3 calls", "not this one", "ProbationTest");
        assertThat(middle.confirm(0)).isFalse();
        assertThat(middle.giveBack(0, "too late")).isEmpty();
        allArrive();
        // the two that it did again before it was back counted in the state that was then replaced
        assertThat(old.taken).isEqualTo(source.produced() - 2);
        assertThat(old.ends).hasValue(0);
        assertThat(next.ends).hasValue(0);
        middle.discard(candidate);
        assertThat(next.ends).hasValue(1);
        assertThat(Testbed.count(middle, "messages.failed")).isZero();
    }

    @Test
    void a_new_one_that_cannot_save_leaves_its_state_behind() {
        Counter old = Testbed.serve(middle, good());
        load();
        exchange(
                new Counter(sequence -> sequence % 1_000 == 999, last) {
                    @Override
                    public State save() {
                        throw new IllegalStateException("nothing to say");
                    }
                },
                2);

        Return back = returned();
        assertThat(back.stateCarried()).isFalse();
        allArrive();
        assertThat(old.taken).isEqualTo(source.produced() - back.completed());
    }

    @Test
    void an_old_one_that_cannot_take_over_goes_on_with_the_state_it_has() {
        Counter old = Testbed.serve(middle, new Counter(sequence -> false, last) {
            @Override
            public void restore(State state, WrittenBy writtenBy) {
                send(Message.builder(self(), MessageType.CUSTOM).build(), last); // in vain
                throw new IllegalStateException("not from you");
            }
        });
        load();
        exchange(new Counter(sequence -> sequence % 1_000 == 999, last), 1);

        Return back = returned();
        assertThat(back.stateCarried()).isFalse();
        allArrive();
        assertThat(old.taken).isEqualTo(source.produced() - back.completed());
        assertThat(middle.status().downstreams().getFirst().controlMessages()).isZero();
    }

    @Test
    void on_request_the_old_one_is_back_with_the_state_and_the_new_one_is_ended() {
        Counter old = Testbed.serve(middle, good());
        load();
        Counter next = good();
        exchange(next, 3);
        Await.until("the new one serves", () -> next.taken > old.taken + 100);

        Return back = middle.giveBack(0, "it was asked for").orElseThrow();
        assertThat(back.cause()).isEqualTo("it was asked for");
        assertThat(back.stateCarried()).isTrue();
        assertThat(back.redone()).isZero();
        assertThat(next.ends).hasValue(1);
        allArrive();
        assertThat(old.taken).isEqualTo(source.produced());
        assertThat(returns).isEmpty();
    }

    @Test
    void what_the_old_one_sends_when_it_takes_over_again_leaves() {
        Node end = testbed.node("hears");
        Queue<Integer> heard = new ConcurrentLinkedQueue<>();
        Testbed.serve(end, new BasicAlgorithm() {
            @Override
            public Disposition process(Message message) {
                if (message.type() == MessageType.CUSTOM) {
                    heard.add(message.param1());
                }
                return Disposition.DONE;
            }
        });
        Testbed.serve(middle, new BasicAlgorithm() {
            @Override
            public void restore(State state, WrittenBy writtenBy) {
                send(Message.builder(self(), MessageType.CUSTOM).params(5, 0).build(), end.id());
            }
        });
        exchange(good(), 1);
        middle.giveBack(0, "back");
        Await.until("it arrives", () -> !heard.isEmpty());
        assertThat(heard).containsExactly(5);
    }

    @Test
    void a_message_at_which_both_fail_is_dropped_and_counted_once() {
        LongPredicate some = sequence -> sequence % 1_000 == 0;
        Testbed.serve(middle, new Counter(some, last));
        long before = Testbed.count(middle, "messages.failed");
        exchange(new Counter(some, last), 1_000_000);
        load();
        source.stop();
        long produced = source.produced();
        long failing = (produced + 999) / 1_000;
        Await.until("all others arrive", () -> sink.received() == source.produced() - failing);

        assertThat(sink.backwards() + sink.corrupt()).isZero();
        assertThat(Testbed.count(middle, "messages.failed") - before).isEqualTo(failing);
        assertThat(middle.status().slots().getFirst().failed()).isEqualTo(failing);
        assertThat(middle.redone(0)).isZero();
    }

    @Test
    void timers_and_messages_on_hold_stay_with_the_slot_on_the_way_there_and_back() {
        Queue<Integer> timers = new ConcurrentLinkedQueue<>();
        AtomicInteger held = new AtomicInteger();
        class Holding extends BasicAlgorithm {
            @Override
            public Disposition process(Message message) {
                switch (message.type()) {
                    case MessageType.DATA -> {
                        return Disposition.HOLD;
                    }
                    case MessageType.TIMER -> timers.add(message.param1());
                    case MessageType.CUSTOM -> {
                        timer(7, Duration.ofMillis(50));
                        throw new IllegalStateException("after a timer that is not to be set");
                    }
                    default -> {
                        return super.process(message);
                    }
                }
                return Disposition.DONE;
            }
        }
        Testbed.serve(middle, new Holding() {
            @Override
            public Disposition process(Message message) {
                if (message.type() == MessageType.CUSTOM) {
                    held.set(place().held().size());
                    timer(9, Duration.ofMillis(50));
                    return Disposition.DONE;
                }
                return super.process(message);
            }
        });
        Testbed.attach(middle, Testbed.APP, NumberedSource.of(Content.of(2_000), 5));
        Await.until("five are on hold", () -> middle.status().slots().getFirst().held() == 5);
        Exchange exchange = middle.exchange(Testbed.candidate(middle, 0, new Holding()), new Terms(1, returns::add));
        assertThat(exchange.held()).isEqualTo(5);
        middle.tell(Message.builder(middle.id(), MessageType.CUSTOM).build());

        Await.until("the timer comes", () -> !timers.isEmpty());
        assertThat(timers).containsExactly(9);
        assertThat(held).hasValue(5);
        assertThat(returned().redone()).isEqualTo(1);
    }

    @Test
    void a_slot_on_probation_takes_no_further_exchange() {
        Testbed.serve(middle, good());
        exchange(good(), 1);
        Candidate third = Testbed.candidate(middle, 0, good());
        assertThatThrownBy(() -> middle.exchange(third))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("probation");
        middle.discard(third);
    }

    @Test
    void whoever_parks_or_removes_a_slot_on_probation_or_closes_its_node_ends_both() {
        Counter old = Testbed.serve(middle, good());
        Counter next = good();
        exchange(next, 1);
        middle.park(0);
        assertThat(old.ends).hasValue(1);
        assertThat(next.ends).hasValue(1);

        Counter third = good();
        exchange(third, 1); // into a parked slot: there is no old one
        assertThat(middle.confirm(0)).isFalse();
        Counter fourth = good();
        exchange(fourth, 1);
        middle.vacate(0);
        assertThat(third.ends).hasValue(1);
        assertThat(fourth.ends).hasValue(1);

        Counter fifth = Testbed.serve(middle, good());
        Counter sixth = good();
        exchange(sixth, 1);
        middle.close();
        assertThat(fifth.ends).hasValue(1);
        assertThat(sixth.ends).hasValue(1);
    }

    @Test
    void what_a_slot_sends_is_counted_in_bytes_for_each_destination() {
        Node other = testbed.node("other");
        Testbed.serve(other, Forwarder.delivering());
        Testbed.serve(middle, new Counter(sequence -> false, last, other.id()));
        Testbed.attach(middle, Testbed.APP, NumberedSource.of(Content.of(1_000), 50));
        Await.until("fifty are sent twice", () -> middle.sentBytes(0) == 50 * 2 * 1_024);
        assertThat(middle.status().slots().getFirst().sentBytes()).isEqualTo(50 * 2 * 1_024);
    }
}
