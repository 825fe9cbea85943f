package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Place;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What belongs to the slot goes along in an exchange, whatever the algorithm carries itself. */
class CarriedByTheSlotTest {
    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Notes its timers, and a random number for each custom message. */
    private static class Noting extends BasicAlgorithm {
        final Queue<Integer> timers = new ConcurrentLinkedQueue<>();
        final Queue<Long> numbers = new ConcurrentLinkedQueue<>();

        @Override
        public Disposition process(Message message) {
            switch (message.type()) {
                case MessageType.TIMER -> timers.add(message.param1());
                case MessageType.CUSTOM -> numbers.add(random().nextLong());
                default -> {
                    return super.process(message);
                }
            }
            return Disposition.DONE;
        }
    }

    @Test
    void a_timer_that_the_old_one_set_comes_to_the_new_one() {
        Noting setter = new Noting() {
            @Override
            public void begin(Place where) {
                super.begin(where);
                timer(11, Duration.ofMillis(300));
                timer(12, Duration.ofMinutes(10));
            }
        };
        Node node = testbed.node("n");
        Testbed.serve(node, setter);
        Noting successor = new Noting();
        Exchange exchange = node.exchange(Testbed.candidate(node, 0, successor));

        assertThat(exchange.timers()).isEqualTo(2);
        Await.until("the timer comes", () -> !successor.timers.isEmpty());
        assertThat(successor.timers).containsExactly(11);
        assertThat(setter.timers).isEmpty();
    }

    @Test
    void the_random_numbers_go_on_as_if_there_had_been_no_exchange() {
        Node exchanged = testbed.node("exchanged");
        Noting first = Testbed.serve(exchanged, new Noting());
        draw(exchanged, first, 5);
        Noting second = new Noting();
        exchanged.exchange(Testbed.candidate(exchanged, 0, second));
        draw(exchanged, second, 5);

        Node undisturbed = testbed.node("undisturbed");
        Noting only = Testbed.serve(undisturbed, new Noting());
        draw(undisturbed, only, 10);

        long[] drawn = LongStream.concat(
                        first.numbers.stream().mapToLong(n -> n),
                        second.numbers.stream().mapToLong(n -> n))
                .toArray();
        assertThat(drawn)
                .containsExactly(only.numbers.stream().mapToLong(n -> n).toArray());
    }

    private static void draw(Node node, Noting algorithm, int howMany) {
        for (int i = 0; i < howMany; i++) {
            node.tell(Message.builder(node.id(), MessageType.CUSTOM).build());
        }
        Await.until("the numbers are drawn", () -> algorithm.numbers.size() == howMany);
    }
}
