package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.SwapResult.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    private static final Messages ALL_DELIVERED = new Messages(10, 10, 0, 0);

    private static Swapped swap(long atByte, Outcome outcome) {
        return new Swapped("n1", "1.0.0", "1.1.0", atByte, outcome, Duration.ofNanos(850_999), "why");
    }

    private static NodeRow row(String name, boolean receives, boolean intact) {
        return new NodeRow(name, "127.0.0.1:7001", receives, 100, 8.5, "1.0.0", 2, Duration.ofMillis(1), intact);
    }

    private static DemoReport report(Messages messages, List<Swapped> swaps, boolean intact) {
        List<NodeRow> rows = List.of(row("n1", false, true), row("n2", true, intact));
        return new DemoReport(100, "abc", rows, messages, swaps, 1, List.of());
    }

    @Test
    void theJsonHasExactlyThePromisedMembers() {
        DemoReport report = report(new Messages(10, 9, 2, 3), List.of(swap(50, Outcome.SWITCHED)), true);

        assertThat(report.toJson())
                .hasToString("{\"passed\":false,"
                        + "\"file\":{\"bytes\":100,\"sha256\":\"abc\",\"receivers\":1,\"intact\":1},"
                        + "\"messages\":{\"sent\":10,\"delivered\":9,\"lost\":1,\"duplicated\":2,\"reordered\":3},"
                        + "\"swaps\":[{\"node\":\"n1\",\"from\":\"1.0.0\",\"to\":\"1.1.0\",\"atByte\":50,"
                        + "\"outcome\":\"switched\",\"pauseMicros\":850}]}");
    }

    @Test
    void itPassesWhenNothingIsWrong() {
        DemoReport report = report(ALL_DELIVERED, List.of(swap(50, Outcome.SWITCHED)), true);

        assertThat(report.passed()).isTrue();
        assertThat(report.summary())
                .isEqualTo("passed: 1 of 1 copies intact, 1 swaps in flow; 0 lost, duplicated, reordered");
    }

    @Test
    void lostDuplicatedAndReorderedMessagesFailItEach() {
        DemoReport report = report(new Messages(10, 9, 2, 3), List.of(swap(50, Outcome.SWITCHED)), true);

        assertThat(report.failures())
                .containsExactly("1 messages lost", "2 messages duplicated", "3 messages reordered");
    }

    @Test
    void aBrokenCopyFailsIt() {
        DemoReport report = report(ALL_DELIVERED, List.of(swap(50, Outcome.SWITCHED)), false);

        assertThat(report.failures()).containsExactly("n2's copy is not the file");
    }

    @Test
    void aSwapThatReturnedFailsItWithItsReason() {
        DemoReport report = report(ALL_DELIVERED, List.of(swap(50, Outcome.RETURNED)), true);

        assertThat(report.failures()).containsExactly("the swap n1 1.0.0 to 1.1.0 was returned: why");
    }

    @Test
    void aSwapBeforeTheFirstByteOrAfterTheLastFailsIt() {
        assertThat(report(ALL_DELIVERED, List.of(swap(0, Outcome.SWITCHED)), true)
                        .passed())
                .isFalse();
        assertThat(report(ALL_DELIVERED, List.of(swap(100, Outcome.SWITCHED)), true)
                        .failures())
                .containsExactly("the swap n1 1.0.0 to 1.1.0 was over only at byte 100 of 100");
    }

    @Test
    void aSwapThatDidNotHappenFailsIt() {
        assertThat(report(ALL_DELIVERED, List.of(), true).failures()).containsExactly("only 0 of 1 swaps happened");
    }

    @Test
    void whatElseWentWrongComesFirst() {
        DemoReport report = new DemoReport(100, "abc", List.of(), ALL_DELIVERED, List.of(), 1, List.of("the sky fell"));

        assertThat(report.summary()).startsWith("FAILED: the sky fell; only 0 of 1");
    }
}
