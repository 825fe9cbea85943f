package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.engine.TurnLimits;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;

class TimeLimitsTest {
    private static TimeLimits limits(Map<String, String> properties) {
        return TimeLimits.of((BundleContext) Proxy.newProxyInstance(
                TimeLimitsTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> properties.get(String.valueOf(arguments[0]))));
    }

    @Test
    void without_properties_they_are_the_standard_ones() {
        assertThat(limits(Map.of())).isEqualTo(new TimeLimits(Duration.ofSeconds(20), TurnLimits.STANDARD));
    }

    @Test
    void properties_move_them_and_the_steps_of_a_turn_keep_their_proportions() {
        assertThat(limits(Map.of("ioverlay.swap.limit.ms", "1000", "ioverlay.turn.limit.ms", "200")))
                .isEqualTo(new TimeLimits(Duration.ofSeconds(1), new TurnLimits(10, 200, 220, 300)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "600001", "1 s", "-1", "two"})
    void what_is_not_100_to_600000_is_not_taken(String wrong) {
        assertThat(limits(Map.of("ioverlay.turn.limit.ms", wrong)).turns()).isEqualTo(TurnLimits.STANDARD);
    }
}
