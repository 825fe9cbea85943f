package ioverlay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwapReportTest {
    private static final Ledger CLEAN = new Ledger(100, 100, 0, 0);

    private static SwapResult swap(Outcome outcome, int pauseNs) {
        SwapRequest request = new SwapRequest("middle", 1, "relay", "[1.1,1.2)");
        return new SwapResult(
                request,
                "1.0.0",
                "1.1.0",
                outcome,
                SwapPhase.SWITCH,
                "because",
                Map.of(),
                Duration.ofNanos(pauseNs),
                0,
                0);
    }

    private static SwapReport report(Ledger ledger, SwapResult... results) {
        SwapOptions options = new SwapOptions(2, Duration.ofMillis(50), Duration.ZERO, Duration.ZERO, 5120);
        return new SwapReport(
                options,
                List.of(results),
                ledger,
                new Throughput(50, 1_000_000, Duration.ofSeconds(2)),
                new Conditions(2, "a JVM", "a collector", 1 << 30, "reno", "a system"));
    }

    @Test
    void the_file_begins_with_what_is_promised() {
        SwapReport report = report(CLEAN, swap(Outcome.SWITCHED, 1_000_000), swap(Outcome.SWITCHED, 2_000_001));

        assertThat(report.toJson().toString())
                .startsWith("{\"swaps\":2,\"lost\":0,\"duplicated\":0,\"reordered\":0,"
                        + "\"pauseMicros\":{\"p50\":1000,\"p99\":2001,\"max\":2001},");
        assertThat(report.toJson().get("bytesPerSecond").getAsLong()).isEqualTo(500_000);
        assertThat(report.toJson().get("congestionControl").getAsString()).isEqualTo("reno");
    }

    @Test
    void it_passes_if_all_switched_and_all_arrived() {
        SwapReport report = report(CLEAN, swap(Outcome.SWITCHED, 1), swap(Outcome.SWITCHED, 1));

        assertThat(report.passed()).isTrue();
        assertThat(report.lines()).last().asString().startsWith("passed: 2 of 2 swaps switched; 100 of 100 messages");
    }

    @Test
    void a_swap_that_did_not_switch_fails_it_and_its_sentence_is_shown() {
        SwapReport report = report(CLEAN, swap(Outcome.SWITCHED, 1), swap(Outcome.REFUSED, 1));

        assertThat(report.passed()).isFalse();
        assertThat(report.lines()).contains("not switched, switch: because");
        assertThat(report.pauses().samples()).isEqualTo(1);
    }

    @Test
    void one_message_too_few_too_many_or_too_late_fails_it() {
        for (Ledger ledger :
                List.of(new Ledger(100, 99, 0, 0), new Ledger(100, 100, 1, 0), new Ledger(100, 100, 0, 1))) {
            assertThat(report(ledger, swap(Outcome.SWITCHED, 1), swap(Outcome.SWITCHED, 1))
                            .passed())
                    .as(ledger.toString())
                    .isFalse();
        }
    }

    @Test
    void what_has_not_arrived_is_lost() {
        assertThat(new Ledger(100, 97, 0, 0).plus(new Ledger(10, 10, 0, 0)).lost())
                .isEqualTo(3);
    }
}
