package ioverlay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Time moves when the test says so; timers and answers come at theirs. */
final class ClockTest {
    /** Writes down each notice with its time, and does one thing with each. */
    private static final class Clocked extends BasicAlgorithm {
        final List<String> heard = new ArrayList<>();
        private final BiConsumer<Clocked, Message> what;

        Clocked(BiConsumer<Clocked, Message> what) {
            this.what = what;
        }

        Place where() {
            return place();
        }

        void in(int id, int delayMs, int periodMs) {
            timer(id, Duration.ofMillis(delayMs), Duration.ofMillis(periodMs));
        }

        void stop(int id) {
            cancelTimer(id);
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.TIMER) {
                heard.add(now() / 1_000_000 + " ms: " + message.param1() + " missed " + message.param2());
            }
            what.accept(this, message);
            return Disposition.DONE;
        }
    }

    private static boolean isData(Message message) {
        return message.type() == MessageType.DATA;
    }

    private static TestNode started(Clocked algorithm) {
        TestNode node = TestNode.with(algorithm).start();
        return node.receive(node.data(Peers.B, ""));
    }

    @Test
    void timers_come_by_their_time_and_then_by_their_id() {
        Clocked algorithm = new Clocked((me, message) -> {
            if (isData(message)) {
                me.in(3, 20, 0);
                me.in(2, 10, 0);
                me.in(1, 20, 0);
            }
        });
        TestNode node = started(algorithm);
        node.advance(Duration.ofMillis(9));
        assertThat(algorithm.heard).isEmpty();
        node.advance(Duration.ofMillis(100));
        assertThat(algorithm.heard).containsExactly("10 ms: 2 missed 0", "20 ms: 1 missed 0", "20 ms: 3 missed 0");
        assertThat(node.now()).isEqualTo(Duration.ofMillis(109));
        assertThat(node.timers()).isZero();
    }

    @Test
    void a_timer_with_a_period_comes_again_until_it_is_cancelled() {
        Clocked algorithm = new Clocked((me, message) -> {
            if (isData(message)) {
                me.in(1, 10, 5);
            } else if (me.heard.size() == 3) {
                me.stop(1);
            }
        });
        TestNode node = started(algorithm).advance(Duration.ofMillis(100));
        assertThat(algorithm.heard).containsExactly("10 ms: 1 missed 0", "15 ms: 1 missed 0", "20 ms: 1 missed 0");
        assertThat(node.timers()).isZero();
    }

    @Test
    void setting_a_running_timer_replaces_it() {
        Clocked algorithm = new Clocked((me, message) -> {
            if (isData(message)) {
                me.in(1, 10, 0);
                me.in(1, 30, 0);
            }
        });
        started(algorithm).advance(Duration.ofMillis(100));
        assertThat(algorithm.heard).containsExactly("30 ms: 1 missed 0");
    }

    @Test
    void a_call_can_take_away_a_timer_that_is_due_at_the_same_moment() {
        Clocked algorithm = new Clocked((me, message) -> {
            if (isData(message)) {
                me.in(1, 10, 0);
                me.in(2, 10, 0);
            } else {
                me.stop(2);
            }
        });
        started(algorithm).advance(Duration.ofMillis(100));
        assertThat(algorithm.heard).containsExactly("10 ms: 1 missed 0");
    }

    @Test
    void after_a_stall_timers_come_late_and_count_what_they_missed() {
        Clocked algorithm = new Clocked((me, message) -> {
            if (isData(message)) {
                me.in(1, 10, 10);
                me.in(2, 15, 0);
            }
        });
        TestNode node = started(algorithm).stall(Duration.ofMillis(35));
        assertThat(algorithm.heard).containsExactly("35 ms: 1 missed 2", "35 ms: 2 missed 0");
        node.advance(Duration.ofMillis(5));
        assertThat(algorithm.heard.getLast()).isEqualTo("40 ms: 1 missed 0");
    }

    @Test
    void the_time_stands_still_within_a_call() {
        List<Long> times = new ArrayList<>();
        Clocked algorithm = new Clocked((me, message) -> {
            Place place = me.where();
            times.add(place.now());
            times.add(place.now());
        });
        started(algorithm).advance(Duration.ofSeconds(1));
        assertThat(times).containsExactly(0L, 0L);
    }

    @Test
    void time_does_not_go_back() {
        TestNode node = started(new Clocked((me, message) -> {}));
        assertThatThrownBy(() -> node.advance(Duration.ofMillis(-1))).hasMessageStartingWith("time does not go back");
        assertThatThrownBy(() -> node.stall(Duration.ofMillis(-1))).hasMessageStartingWith("time does not go back");
    }

    @Test
    void too_many_timers_are_refused() {
        Clocked algorithm = new Clocked((me, message) -> {
            if (isData(message)) {
                for (int id = 0; id < 1000; id++) {
                    me.in(message.param2() + id, 1, 0);
                }
            }
        });
        TestNode node = started(algorithm);
        node.receive(node.message(MessageType.DATA, Peers.B).params(0, 1000).build());
        assertThat(node.timers()).isEqualTo(1024);
        assertThat(node.refusals()).hasSize(976).contains("a slot has at most 1024 timers");
    }

    @Test
    void the_same_seed_gives_the_same_numbers_and_another_one_others() {
        assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
    }

    private static List<Long> drawn(long seed) {
        List<Long> numbers = new ArrayList<>();
        BasicAlgorithm algorithm = new BasicAlgorithm() {
            @Override
            public Disposition process(Message message) {
                numbers.add(random().nextLong());
                return Disposition.DONE;
            }
        };
        TestNode node = TestNode.with(algorithm).seed(seed).start();
        node.receive(node.data(Peers.B, "")).receive(node.data(Peers.B, ""));
        return numbers;
    }
}
