package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that do not end: interrupted, or left behind with their thread, while the node and all others go on. */
class StallTest {
    private static final TurnLimits LIMITS = new TurnLimits(100, 400, 500, 600);
    private static final Content CONTENT = Content.of(3_000);
    private static final int BAD = 700;

    private final Testbed testbed = Testbed.open(LIMITS);
    private final Queue<Return> returns = new ConcurrentLinkedQueue<>();

    /** Volatile: lets all endless loops end, when the test is over. */
    private volatile boolean over;

    private CheckingSink sink;
    private NumberedSource source;
    private NodeId last;
    private Node middle;

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
        over = true;
        testbed.close();
    }

    /** Messages come over a link, so that its receiver runs the node as a guest. */
    private void loadFromALink() {
        Node first = testbed.node("first");
        Testbed.serve(first, Forwarder.to(middle.id()));
        source = Testbed.attach(first, Testbed.APP, NumberedSource.endless(CONTENT));
    }

    /** Messages come from a local application, so that the runner runs the node. */
    private void loadFromASeat() {
        source = Testbed.attach(middle, Testbed.APP, NumberedSource.endless(CONTENT));
    }

    /** Whether the loop shall end; a loop without a way out, to whoever cannot set it. */
    private void spin() {
        while (!over) {
            Thread.onSpinWait();
        }
    }

    /** Sends on and counts. */
    private class Sound extends BasicAlgorithm {
        @Carried
        private long count;

        /** Volatile: the test reads it. */
        volatile long taken;

        final AtomicInteger ends = new AtomicInteger();

        @Override
        public Disposition process(Message message) {
            if (message.type() != MessageType.DATA) {
                return super.process(message);
            }
            send(message, last);
            taken = ++count;
            return Disposition.DONE;
        }

        @Override
        public JsonObject status() {
            JsonObject status = new JsonObject();
            status.addProperty("taken", count);
            return status;
        }

        @Override
        public void end() {
            ends.incrementAndGet();
        }
    }

    /** Does not return from one message, and tries to harm its node when it is allowed to go on. */
    private final class Endless extends Sound {
        final Queue<String> afterwards = new ConcurrentLinkedQueue<>();
        final CountDownLatch gone = new CountDownLatch(1);

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.DATA && message.sequence() == BAD) {
                ByteBuffer view = message.payload();
                send(message, last);
                spin();
                attempt("send", () -> send(message, last));
                attempt("release", message::release);
                attempt("payload", () -> message.payload().get());
                attempt("held", () -> {
                    if (place().held().isEmpty()) {
                        throw new IllegalStateException("nothing to be had");
                    }
                });
                afterwards.add("view " + CONTENT.matches(view, BAD)); // the slab was never given to anyone else
                gone.countDown();
            }
            return super.process(message);
        }

        private void attempt(String what, Runnable harm) {
            try {
                harm.run();
                afterwards.add(what + " was allowed");
            } catch (IllegalStateException e) {
                afterwards.add(what);
            }
        }
    }

    /** Waits for what never comes, in one message; an interrupt ends it. */
    private final class Waiting extends Sound {
        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.DATA && message.sequence() == BAD) {
                send(message, last);
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    return Disposition.DONE; // as if nothing had been
                }
            }
            return super.process(message);
        }
    }

    private Exchange exchange(Sound next) {
        return middle.exchange(Testbed.candidate(middle, 0, next), new Terms(3, returns::add));
    }

    private Return returned() {
        Await.until("the slot goes back", () -> !returns.isEmpty());
        return returns.element();
    }

    /** All that the source has sent has arrived, but for so many that were counted. */
    private void allArriveBut(int counted) {
        source.stop();
        Await.until("all arrive", () -> sink.received() == source.produced() - counted);
        assertThat(sink.skipped()).isEqualTo(counted);
        assertThat(sink.backwards() + sink.corrupt()).isZero();
        assertThat(Testbed.count(middle, "messages.failed")).isEqualTo(counted);
    }

    private static void isGoneWithoutHarm(Endless endless) throws InterruptedException {
        endless.gone.await();
        assertThat(endless.afterwards).containsExactly("send", "release", "payload", "held", "view true");
    }

    @Test
    void on_probation_a_call_that_is_interrupted_loses_nothing_and_the_old_one_is_back_at_once() {
        Sound old = Testbed.serve(middle, new Sound());
        exchange(new Waiting());
        loadFromALink();

        Return back = returned();
        assertThat(back.stalled()).isTrue();
        assertThat(back.stateCarried()).isFalse();
        assertThat(back.redone()).isEqualTo(1);
        assertThat(back.completed()).isBetween((long) BAD, BAD + 2L); // notices of its two links
        assertThat(back.cause()).contains("Waiting 1.0.0", "400 ms", "StallTest$Waiting.process");
        allArriveBut(0);
        assertThat(old.taken).isEqualTo(source.produced() - BAD);
        assertThat(testbed.happened("turn.slow")).hasSize(1);
        assertThat(testbed.happened("turn.condemned")).isEmpty();
        assertThat(middle.status().slots().getFirst().stalled()).isEqualTo(1);
    }

    @Test
    void without_an_old_one_the_slot_is_parked_with_what_the_stalled_one_saves_and_its_successor_goes_on() {
        Testbed.serve(middle, new Waiting());
        loadFromALink();
        Await.until("it is told", () -> testbed.stalled().size() == 1);

        assertThat(testbed.stalled().getFirst().kept()).isTrue();
        assertThat(testbed.stalled().getFirst().cause()).contains("Waiting");
        assertThat(middle.status().slots().getFirst().state()).isEqualTo("parked");
        Sound next = new Sound();
        middle.exchange(Testbed.candidate(middle, 0, next));
        Await.until("it goes on", () -> sink.received() > 2_000);
        allArriveBut(1);
        assertThat(next.taken).isEqualTo(source.produced() - 1);
    }

    @Test
    void on_probation_a_guest_in_an_endless_call_is_left_behind_and_its_link_is_read_on() throws InterruptedException {
        Sound old = Testbed.serve(middle, new Sound());
        Endless endless = new Endless();
        exchange(endless);
        loadFromALink();
        Return back = returned();
        assertThat(back.stalled()).isTrue();
        assertThat(back.redone()).isEqualTo(1);
        assertThat(back.cause()).contains("StallTest.spin");

        Await.until("the link is read on", () -> sink.received() > 3_000);
        assertThat(testbed.happened("turn.condemned")).singleElement().satisfies(event -> {
            assertThat(event.detail().get("stack").getAsString()).contains("StallTest$Endless.process");
            assertThat(event.detail().get("version").getAsString()).isEqualTo("1.0.0");
        });
        over = true;
        isGoneWithoutHarm(endless);
        allArriveBut(0);
        assertThat(old.taken).isEqualTo(source.produced() - BAD);
        assertThat(endless.ends).hasValue(0);
    }

    @Test
    void a_runner_in_an_endless_call_is_left_behind_and_another_goes_on() throws InterruptedException {
        Endless endless = Testbed.serve(middle, new Endless());
        loadFromASeat();
        Await.until("it is told", () -> testbed.stalled().size() == 1);
        assertThat(testbed.stalled().getFirst().kept()).isFalse();
        assertThat(middle.status().slots().getFirst().state()).isEqualTo("parked");

        Sound next = new Sound();
        middle.exchange(Testbed.candidate(middle, 0, next));
        Await.until("it goes on", () -> sink.received() > 3_000);
        over = true;
        isGoneWithoutHarm(endless);
        allArriveBut(1);
        assertThat(next.taken).isEqualTo(source.produced() - BAD - 1);
    }

    @Test
    void two_endless_calls_at_once_do_not_stop_a_third_node() {
        int carriers = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < carriers; i++) {
            Node hopeless = testbed.node("hopeless" + i);
            Testbed.serve(hopeless, new Sound() {
                @Override
                public Disposition process(Message message) {
                    spin();
                    return Disposition.DONE;
                }
            });
            Testbed.attach(hopeless, Testbed.APP, NumberedSource.of(CONTENT, 1));
        }
        Testbed.serve(middle, new Sound());
        loadFromALink();
        Await.until(
                "all of them are told to be slow",
                () -> testbed.happened("turn.slow").size() >= carriers);
        long before = sink.received();
        Await.within(Duration.ofSeconds(5), "the third node switches", () -> sink.received() > before + 5_000);
        Await.until("all are left behind", () -> testbed.stalled().size() == carriers);
        long then = sink.received();
        Await.within(Duration.ofSeconds(5), "it goes on", () -> sink.received() > then + 5_000);
        allArriveBut(0);
    }

    @Test
    void a_save_that_does_not_end_parks_the_slot_with_the_state_it_once_took_over() {
        Sound first = Testbed.serve(middle, new Sound());
        loadFromALink();
        Await.until("the load flows", () -> first.taken > 100);
        Sound second = new Sound() {
            @Override
            public State save() {
                spin();
                return super.save();
            }
        };
        middle.exchange(Testbed.candidate(middle, 0, second));
        long takenOver = first.taken;
        Await.until("the second serves", () -> second.taken > takenOver + 100);
        Candidate next = Testbed.candidate(middle, 0, new Sound());
        assertThatThrownBy(() -> middle.exchange(next)).hasMessageContaining("did not end");
        middle.discard(next);
        Await.until("it is told", () -> testbed.stalled().size() == 1);

        Sound successor = new Sound();
        middle.exchange(Testbed.candidate(middle, 0, successor));
        Await.until("it goes on", () -> successor.taken > takenOver);
        allArriveBut(0);
        assertThat(successor.taken).isLessThan(source.produced());
    }

    @Test
    void a_restore_that_does_not_end_fails_the_exchange_and_the_old_one_goes_on() {
        Sound old = Testbed.serve(middle, new Sound());
        loadFromALink();
        Candidate next = Testbed.candidate(middle, 0, new Sound() {
            @Override
            public void restore(State state, WrittenBy writtenBy) {
                spin();
            }
        });
        assertThatThrownBy(() -> middle.exchange(next)).hasMessageContaining("did not end");
        middle.discard(next); // returns, and does not call what is lost
        long before = old.taken;
        Await.until("the old one goes on", () -> old.taken > before + 100);
        assertThat(testbed.stalled()).isEmpty();
        allArriveBut(0);
        assertThat(old.taken).isEqualTo(source.produced());
    }

    @Test
    void a_status_that_does_not_end_fails_the_question_and_parks_the_slot() {
        Testbed.serve(middle, new Sound() {
            @Override
            public JsonObject status() {
                spin();
                return super.status();
            }
        });
        assertThatThrownBy(middle::status).hasMessageContaining("did not end");
        Await.until("it is told", () -> testbed.stalled().size() == 1);
        assertThat(middle.status().slots().getFirst().state()).isEqualTo("parked");
    }

    @Test
    void on_the_way_back_a_save_that_does_not_end_is_a_stall_and_a_restore_that_does_not_end_keeps_the_new_one() {
        Sound old = Testbed.serve(middle, new Sound());
        exchange(new Sound() {
            @Override
            public State save() {
                spin();
                return super.save();
            }
        });
        assertThatThrownBy(() -> middle.giveBack(0, "asked")).hasMessageContaining("did not end");
        assertThat(returned().stalled()).isTrue();
        loadFromALink();
        Await.until("the old one serves", () -> old.taken > 100);

        middle.exchange(Testbed.candidate(middle, 0, new Sound() {
            private boolean serving;

            @Override
            public void restore(State state, WrittenBy writtenBy) throws Exception {
                if (serving) {
                    spin();
                }
                serving = true;
                super.restore(state, writtenBy);
            }
        }));
        Sound next = new Sound();
        exchange(next);
        assertThatThrownBy(() -> middle.giveBack(0, "asked")).hasMessageContaining("did not end");
        long before = next.taken;
        Await.until("the new one goes on", () -> next.taken > before + 100);
        assertThat(middle.giveBack(0, "again")).isEmpty();
        assertThat(middle.confirm(0)).isTrue();
        allArriveBut(0);
    }

    @Test
    void timers_come_after_a_thread_was_left_behind() {
        Queue<Integer> timers = new ConcurrentLinkedQueue<>();
        class Timed extends Sound {
            @Override
            public Disposition process(Message message) {
                if (message.type() == MessageType.TIMER) {
                    timers.add(message.param1());
                    if (message.param1() == 1) {
                        spin();
                    }
                }
                return super.process(message);
            }
        }
        Testbed.serve(middle, new Timed() {
            @Override
            public void begin(Place where) {
                super.begin(where);
                timer(1, Duration.ofMillis(1));
                timer(2, Duration.ofMillis(900));
                timer(3, Duration.ofMillis(100), Duration.ofMillis(100));
            }
        });
        Await.until("it is told", () -> testbed.stalled().size() == 1);
        middle.exchange(Testbed.candidate(middle, 0, new Timed()));
        Await.until("the others come", () -> timers.contains(2) && timers.contains(3));
        assertThat(List.copyOf(timers)).startsWith(1).containsOnlyOnce(1, 2);
    }

    @Test
    void a_node_with_a_call_that_does_not_end_is_closed_in_bounded_time() {
        Testbed.serve(middle, new Endless());
        Testbed.attach(middle, Testbed.APP, NumberedSource.of(CONTENT, BAD + 1));
        Await.until("it is slow", () -> !testbed.happened("turn.slow").isEmpty());
        long start = System.nanoTime();
        middle.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void an_end_that_does_not_end_is_told_and_holds_up_nobody_for_long() {
        Testbed.serve(middle, new Sound() {
            @Override
            public void end() {
                spin();
            }
        });
        long start = System.nanoTime();
        middle.exchange(Testbed.candidate(middle, 0, new Sound()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(testbed.happened("algorithm.failed"))
                .singleElement()
                .satisfies(event -> assertThat(event.sentence()).contains("does not end"));
    }
}
