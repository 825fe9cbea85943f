package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What authors get without writing anything. */
class AlgorithmDefaultsTest {
    private static final class Nothing implements Algorithm {
        @Override
        public void begin(Place place) {}

        @Override
        public Disposition process(Message message) {
            return Disposition.DONE;
        }
    }

    private static final class Idle implements Application {
        @Override
        public void begin(Session session) {}
    }

    @Test
    void an_algorithm_agrees_carries_nothing_and_says_nothing() throws Exception {
        Algorithm algorithm = new Nothing();
        algorithm.check();
        algorithm.restore(State.empty(), new WrittenBy("nothing", "1.0.0"));
        algorithm.end();
        assertThat(algorithm.save().values().size()).isZero();
        assertThat(algorithm.status().size()).isZero();
    }

    @Test
    void an_application_is_reliable_and_produces_nothing() throws Exception {
        Application application = new Idle();
        assertThat(application.delivery()).isEqualTo(Delivery.RELIABLE);
        assertThat(application.status().size()).isZero();
    }
}
