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
import ioverlay.api.WrittenBy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever looks at a slot's calls sees all of them from one moment on, and cannot harm them. */
class TapTest {
    private static final Content CONTENT = Content.of(300);

    private final Testbed testbed = Testbed.open();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Node last = testbed.node("last");
    private final Node middle = testbed.node("middle");

    /** What a tap was shown, as far as it outlives the call. */
    record Seen(long sequence, boolean intact, Disposition answer, int sends, NodeId to, boolean same, long random) {}

    /** Holds every tenth message, throws at every seventh, and sends all others on twice, the second time rebuilt. */
    private final class Varied extends BasicAlgorithm {
        @Carried
        private long taken;

        @Override
        public Disposition process(Message message) {
            if (message.type() != MessageType.DATA) {
                return super.process(message);
            }
            taken++;
            if (taken > 0 && message.sequence() % 7 == 6) {
                throw new IllegalStateException("not this one");
            }
            if (message.sequence() % 10 == 9) {
                return Disposition.HOLD;
            }
            long drawn = random().nextLong();
            send(message, last.id());
            send(Message.builder(self(), MessageType.CUSTOM).sequence(drawn).build(), last.id());
            return Disposition.DONE;
        }
    }

    @AfterEach
    void close() {
        testbed.close();
    }

    @SuppressWarnings("ReferenceEquality") // the very same message
    private void see(Message message, Disposition answer, List<Tap.Sent> sends, long nowNs, long tookNs) {
        if (message.type() == MessageType.DATA && nowNs > 0 && tookNs > 0) {
            boolean sent = !sends.isEmpty();
            seen.add(new Seen(
                    message.sequence(),
                    CONTENT.matches(message.payload(), message.sequence()),
                    answer,
                    sends.size(),
                    sent ? sends.getFirst().destination() : middle.id(),
                    sent && sends.getFirst().message() == message,
                    sent ? sends.getLast().message().sequence() : 0));
        }
    }

    @Test
    void a_tap_sees_exactly_the_completed_calls_from_the_moment_of_the_copied_state_on() {
        Testbed.serve(last, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(last, Testbed.APP, new CheckingSink(CONTENT));
        Testbed.serve(middle, new Varied());
        NumberedSource source = NumberedSource.endless(CONTENT);
        Node first = testbed.node("first");
        Testbed.serve(first, Forwarder.to(middle.id()));
        Testbed.attach(first, Testbed.APP, source);
        Await.until("the load flows", () -> sink.received() > 500);

        Tapped tapped = middle.tap(0, this::see);
        Await.until("five hundred are seen", () -> seen.size() > 500);
        source.stop();
        long begin = tapped.state().values().get("taken").getAsLong();
        long end = source.produced();
        long expected = LongStream.range(begin, end).filter(n -> n % 7 != 6).count();
        Await.until("all are seen", () -> seen.size() == expected);

        assertThat(seen)
                .extracting(Seen::sequence)
                .containsExactlyElementsOf(LongStream.range(begin, end)
                        .filter(n -> n % 7 != 6)
                        .boxed()
                        .toList());
        assertThat(tapped.held())
                .allMatch(message -> CONTENT.matches(message.payload(), message.sequence()))
                .extracting(Message::sequence)
                .allMatch(n -> n < begin && n % 10 == 9);
        assertThat(tapped.writtenBy().algorithm()).isEqualTo("Varied");
        for (Seen call : seen) {
            boolean held = call.sequence() % 10 == 9;
            long drawn = held ? 0 : tapped.random().nextLong();
            assertThat(call)
                    .isEqualTo(new Seen(
                            call.sequence(),
                            true,
                            held ? Disposition.HOLD : Disposition.DONE,
                            held ? 0 : 2,
                            held ? middle.id() : last.id(),
                            !held,
                            drawn));
        }
    }

    @Test
    void a_tap_that_throws_is_taken_off_and_told_and_harms_nothing() {
        Testbed.serve(middle, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(middle, Testbed.APP, new CheckingSink(CONTENT));
        middle.tap(0, (message, answer, sends, nowNs, tookNs) -> {
            throw new IllegalStateException("cannot look");
        });
        Testbed.attach(middle, 8, NumberedSource.of(CONTENT, 0));
        middle.tell(Message.builder(middle.id(), MessageType.CUSTOM).build());
        Await.until("it is told", () -> testbed.happened("tap.failed").size() == 1);
        middle.tap(0, this::see); // there is room for another
        assertThat(sink.received()).isZero();
        assertThat(Testbed.count(middle, "messages.failed")).isZero();
    }

    @Test
    void a_slot_has_one_tap_at_a_time_and_a_parked_one_has_none() {
        Testbed.serve(middle, Forwarder.delivering());
        Tap tap = this::see;
        middle.tap(0, tap);
        assertThatThrownBy(() -> middle.tap(0, this::see)).hasMessageContaining("has a tap already");
        middle.untap(0, this::see); // another one
        assertThatThrownBy(() -> middle.tap(0, this::see)).hasMessageContaining("has a tap already");
        middle.untap(0, tap);
        middle.untap(0, tap);
        middle.park(0);
        assertThatThrownBy(() -> middle.tap(0, tap)).hasMessageContaining("is parked");
        middle.vacate(0);
        middle.untap(0, tap);
        middle.close();
        middle.untap(0, tap);
    }

    /** Counts what it is told. */
    private static final class Counting implements Tap {
        private final AtomicInteger over = new AtomicInteger(); // counted in the turn
        private int calls;

        @Override
        public void called(Message message, Disposition answer, List<Sent> sends, long nowNs, long tookNs) {
            calls++;
        }

        @Override
        public void over() {
            over.incrementAndGet();
        }
    }

    private Candidate next() throws Exception {
        return middle.prepare(0, new Occupant(new Varied(), new WrittenBy("Varied", "2.0.0"), new JsonObject()));
    }

    @Test
    void a_tap_is_told_in_the_turn_that_another_occupant_serves_and_sees_none_of_its_calls() throws Exception {
        Testbed.serve(middle, new Varied());
        Counting tap = new Counting();
        middle.tap(0, tap);
        assertThat(middle.exchange(next()).failure()).isEmpty();
        Await.until("it is told", () -> tap.over.get() == 1);
        middle.tell(Message.builder(middle.id(), MessageType.CUSTOM).build());
        middle.tap(0, this::see); // there is room for another, and the message was processed before
        assertThat(tap.calls).isZero();
        middle.park(0);
        assertThat(tap.over).hasValue(1);
    }

    @Test
    void a_tap_is_told_when_the_slot_is_parked_or_ends() throws Exception {
        Testbed.serve(middle, new Varied());
        Counting tap = new Counting();
        middle.tap(0, tap);
        middle.park(0);
        Await.until("it is told", () -> tap.over.get() == 1);
        assertThat(middle.exchange(next()).failure()).isEmpty();
        middle.tap(0, tap);
        middle.vacate(0);
        Await.until("it is told", () -> tap.over.get() == 2);
    }
}
