package ioverlay.bench.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.bench.Conditions;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTest {
    private static final double NS_PER_MS = 1e6;

    @ParameterizedTest
    @CsvSource({
        "1000000, 1019000, 2, true",
        "1000000, 1021000, 2, false",
        "1000000, 979000, 2, false",
        "10000, 0, 5, false"
    })
    void a_rate_holds_within_its_bound_both_ways(long target, double measured, double bound, boolean holds) {
        assertThat(new RateRow("total", target, measured, bound).holds()).isEqualTo(holds);
    }

    @Test
    void the_file_has_the_keys_that_are_promised() {
        RateRow row = new RateRow("total", 1_000_000, 1_012_345.6, 2);
        EmulationReport report = new EmulationReport(
                List.of(row), List.of(), List.of(), List.of(), new Conditions(2, "a JVM", "", 1, "reno", "a system"));

        assertThat(report.toJson().toString())
                .startsWith("{\"rows\":[{\"kind\":\"total\",\"targetBps\":1000000,\"measuredBps\":1012346,"
                        + "\"errorPercent\":1.235,");
        assertThat(report.lines())
                .contains("total  1.000 MBps  1.012 MBps  1.23 %    2 %    ok")
                .last()
                .isEqualTo("passed: 1 of 1 within their bounds");
    }

    @Test
    void one_broken_bound_fails_all() {
        EmulationReport report = new EmulationReport(
                List.of(new RateRow("in", 100, 100, 2)),
                List.of(),
                List.of(new RateRow("out, weight 1", 100, 106, 5)),
                List.of(),
                new Conditions(2, "a JVM", "", 1, "reno", "a system"));

        assertThat(report.passed()).isFalse();
        assertThat(report.lines()).anyMatch(line -> line.endsWith("BROKEN"));
    }

    @ParameterizedTest
    @CsvSource({"50.9, 50, true", "51.1, 50, false", "48.9, 50, false", "203.9, 200, true", "204.1, 200, false"})
    void a_latency_holds_within_a_millisecond_or_two_percent(double measuredMs, double targetMs, boolean holds) {
        long[] delays = LongStream.generate(() -> (long) (measuredMs * NS_PER_MS))
                .limit(100)
                .toArray();

        assertThat(new DelayRow("latency", targetMs, 0, delays).holds()).isEqualTo(holds);
    }

    @Test
    void jitter_holds_if_it_is_even_and_not_if_it_is_narrow_or_lopsided() {
        Random random = new Random(1);

        assertThat(jitter(() -> 60 + 20 * (2 * random.nextDouble() - 1)).holds())
                .isTrue();
        assertThat(jitter(() -> 60 + 10 * (2 * random.nextDouble() - 1)).holds())
                .as("half as wide")
                .isFalse();
        assertThat(jitter(() -> 40 + 40 * Math.pow(random.nextDouble(), 2)).holds())
                .as("lopsided")
                .isFalse();
        assertThat(jitter(() -> 60.0).holds()).as("none").isFalse();
    }

    private static DelayRow jitter(DoubleSupplier millis) {
        return new DelayRow(
                "jitter",
                60,
                20,
                LongStream.generate(() -> (long) (millis.getAsDouble() * NS_PER_MS))
                        .limit(800)
                        .toArray());
    }

    @Test
    void losses_hold_if_each_comes_by_itself_and_is_counted() {
        assertThat(new LossRow(0.1, new Losses(10_000, 1010, 905, 0), 1010).holds())
                .isTrue();
        assertThat(new LossRow(0.1, new Losses(10_000, 1200, 1080, 0), 1200).holds())
                .as("too many")
                .isFalse();
        assertThat(new LossRow(0.1, new Losses(10_000, 1010, 300, 0), 1010).holds())
                .as("in bursts")
                .isFalse();
        assertThat(new LossRow(0.1, new Losses(10_000, 1010, 905, 0), 900).holds())
                .as("not counted")
                .isFalse();
        assertThat(new LossRow(0.1, new Losses(10_000, 1010, 905, 1), 1010).holds())
                .as("out of order")
                .isFalse();
        assertThat(new LossRow(0.1, new Losses(0, 0, 0, 0), 0).holds())
                .as("nothing came")
                .isFalse();
    }
}
