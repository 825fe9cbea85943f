package ioverlay.container.shadow;

import static ioverlay.container.shadow.FakeSlot.APPLICATION;
import static ioverlay.container.shadow.FakeSlot.NEXT;
import static ioverlay.container.shadow.FakeSlot.SELF;
import static ioverlay.container.shadow.FakeSlot.UPSTREAM;
import static ioverlay.container.shadow.FakeSlot.data;
import static ioverlay.container.shadow.FakeSlot.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a shadow sees: the slot's time, chance, settings, state and held messages. */
class ShadowPlaceTest {
    private Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void time_is_that_of_the_call_it_repeats() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        ShadowRun run = stage.start(new Relaying((self, message) -> {
            times.add(self.at().now());
            return Disposition.DONE;
        }));
        for (int at = 1; at <= 3; at++) {
            stage.slot.called(data(at), Disposition.DONE);
        }
        stage.stop(run);

        assertThat(times).containsExactly(1000L, 2000L, 3000L);
    }

    @Test
    void an_algorithm_of_chance_makes_the_same_choices() throws Exception {
        Relaying.Act choosing = (self, message) -> {
            for (int at = self.at().random().nextInt(5); at > 0; at--) {
                int payload = (int) (self.at().random().nextGaussian() * 1000);
                self.pass(Message.builder(SELF, 0x0101)
                        .payload(payload + " " + self.at().random().nextBoolean())
                        .build());
            }
            return Disposition.DONE;
        };
        FakeSlot.Server server = stage.slot.new Server(new Relaying(choosing));
        ShadowRun run = stage.start(new Relaying(choosing) {
            @Override
            public void begin(Place place) {
                super.begin(place);
                place.random().nextLong(); // whatever it draws before it serves counts for nothing
            }
        });
        server.process(500);
        ShadowReport report = stage.stop(run);

        assertThat(report.compared()).isEqualTo(500);
        assertThat(report.differed()).isZero();
    }

    @Test
    void it_takes_over_settings_and_state_and_knows_who_wrote_it() throws Exception {
        JsonObject values = new JsonObject();
        values.addProperty("count", 41);
        stage.slot.with(State.of(values));
        List<Object> seen = new CopyOnWriteArrayList<>();
        stage.stop(stage.start(new Relaying() {
            @Override
            public void begin(Place place) {
                super.begin(place);
                seen.addAll(List.of(place.self(), place.application(), place.settings(), place.now()));
                send(data(1), NEXT); // goes nowhere
            }

            @Override
            public void restore(State state, WrittenBy writtenBy) {
                seen.addAll(List.of(state.values().get("count").getAsInt(), writtenBy));
            }
        }));

        assertThat(seen)
                .containsExactly(SELF, APPLICATION, stage.slot.settings(), 500L, 41, new WrittenBy("relay", "1.0.0"));
    }

    @Test
    void timers_are_requests_that_are_compared_and_their_notices_come_from_the_slot() throws Exception {
        Relaying.Act ticking = (self, message) -> {
            if (message.type() == MessageType.TIMER) {
                self.pass(Message.builder(SELF, 0x0101)
                        .params(message.param1(), 0)
                        .build());
            } else {
                self.at()
                        .engine()
                        .send(
                                Message.builder(SELF, MessageType.SET_TIMER)
                                        .params(9, 0)
                                        .payload(new byte[16])
                                        .build(),
                                SELF);
            }
            return Disposition.DONE;
        };
        FakeSlot.Server server = stage.slot.new Server(new Relaying(ticking));
        ShadowRun run = stage.start(new Relaying(ticking));
        server.process(3);
        server.process(Message.builder(SELF, MessageType.TIMER).params(9, 0).build());
        ShadowReport report = stage.stop(run);

        assertThat(report.compared()).isEqualTo(4);
        assertThat(report.differed()).isZero();
    }

    /** Holds messages until it has three, then sends one made from them, as coding algorithms do. */
    private static final class Joining extends Relaying {
        private final Deque<Message> generation = new ArrayDeque<>();

        Joining() {
            super((self, message) -> ((Joining) self).join(message));
        }

        @Override
        public void restore(State state, WrittenBy writtenBy) {
            generation.addAll(at().held());
        }

        private Disposition join(Message message) {
            if (message.type() == MessageType.HOLD_EXPIRED) {
                generation.remove(message.subject().orElseThrow());
                pass(Message.builder(SELF, 0x0102).params(at().held().size(), 0).build());
                return Disposition.DONE;
            }
            generation.add(message);
            if (generation.size() == 3) {
                StringBuilder text = new StringBuilder();
                generation.forEach(held -> text.append(held.text()).append(' '));
                pass(Message.madeFrom(generation.toArray(Message[]::new))
                        .payload(text.toString())
                        .build());
                generation.clear();
            }
            return Disposition.HOLD;
        }
    }

    @Test
    void messages_on_hold_are_copies_of_its_own() throws Exception {
        FakeSlot.Server server = stage.slot.new Server(new Joining());
        ShadowRun run = stage.start(new Joining());
        server.process(300);
        ShadowReport report = stage.stop(run);

        assertThat(report.compared()).isEqualTo(300);
        assertThat(report.examples()).isEmpty();
        assertThat(report.failed()).isZero();
    }

    @Test
    void what_the_slot_held_at_the_start_is_held_in_the_shadow_too() throws Exception {
        stage.slot.with(State.empty(), data(1), data(2));
        ShadowRun run = stage.start(new Joining());
        Message made = Message.builder(UPSTREAM, MessageType.DATA)
                .application(APPLICATION)
                .sequence(1)
                .payload("payload 1 payload 2 payload 3 ")
                .build();
        stage.slot.called(data(3), Disposition.HOLD, new ioverlay.engine.Tap.Sent(made, NEXT));
        ShadowReport report = stage.stop(run);

        assertThat(report.examples()).isEmpty();
        assertThat(report.differed()).isZero();
    }

    @Test
    void a_held_message_that_comes_back_is_the_one_that_the_shadow_holds() throws Exception {
        ShadowRun run = stage.start(new Joining());
        stage.slot.called(data(1), Disposition.HOLD);
        stage.slot.called(data(2), Disposition.HOLD);
        Message notice = Message.builder(SELF, MessageType.HOLD_EXPIRED)
                .application(APPLICATION)
                .sequence(Header.params(1, 0))
                .build();
        Message sent = Message.builder(SELF, 0x0102).params(2, 0).build();
        stage.slot.called(
                new Passing(notice, Optional.of(new Passing(data(1)))),
                Disposition.DONE,
                List.of(new ioverlay.engine.Tap.Sent(sent, NEXT)));
        stage.slot.called(data(3), Disposition.HOLD);
        ShadowReport report = stage.stop(run);

        assertThat(report.examples()).isEmpty();
        assertThat(report.failed()).isZero();
        assertThat(report.differed()).isZero();
    }

    @Test
    void what_it_holds_beyond_the_bound_comes_back_to_it() throws Exception {
        stage.close();
        Limits small = new Limits(
                1024,
                1 << 20,
                1000,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        stage = new Stage(new FakeSlot(), small);
        List<Integer> held = new ArrayList<>();
        List<Long> expired = new ArrayList<>();
        ShadowRun run = stage.start(new Relaying((self, message) -> {
            held.add(self.at().held().size());
            message.subject().ifPresent(oldest -> expired.add(oldest.sequence()));
            return Disposition.HOLD;
        }));
        for (int at = 1; at <= 100; at++) {
            stage.slot.called(data(at), Disposition.HOLD);
        }
        ShadowReport report = stage.stop(run);

        assertThat(report.compared()).isEqualTo(100);
        assertThat(report.differed()).isZero();
        assertThat(held).allMatch(count -> count <= 1000 / Header.BYTES);
        assertThat(expired).isNotEmpty().startsWith(1L, 2L, 3L).isSorted();
    }

    @Test
    void what_was_released_is_held_no_more() throws Exception {
        List<Integer> held = new CopyOnWriteArrayList<>();
        List<Message> last = new ArrayList<>();
        ShadowRun run = stage.start(new Relaying((self, message) -> {
            held.add(self.at().held().size());
            last.forEach(Message::release);
            last.clear();
            last.add(message);
            return Disposition.HOLD;
        }));
        for (int at = 1; at <= 5; at++) {
            stage.slot.called(data(at), Disposition.HOLD, given(NEXT));
        }
        stage.stop(run);

        assertThat(held).containsExactly(0, 1, 1, 1, 1);
    }
}
