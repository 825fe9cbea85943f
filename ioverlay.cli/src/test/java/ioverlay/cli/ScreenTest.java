package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ioverlay.cli.Table.Column;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees: bar, displays, table, numbers. */
class ScreenTest {
    private static final Glyphs FINE = Glyphs.of(StandardCharsets.UTF_8);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final ProgressBar bar = new ProgressBar(FINE, "1.0.0", "1.1.0");

    private static Snapshot moment(double seconds, long bytes, long fileBytes, int nodes) {
        return new Snapshot(seconds, bytes, fileBytes, 17e6, 3, 16, "n4", Collections.nCopies(nodes, true));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theBlockShowsTheFileTheSwapsAndTheVersionAtEachNode() {
        List<String> block = bar.block(moment(4, 73_000_000, 146_000_000, 3));

        assertThat(block.get(0)).startsWith("  file   ██").endsWith("50 %   73.0 MB of 146.0 MB   17.0 MB/s");
        assertThat(block.get(1)).isEqualTo("  swaps  3 of 16   n4 → 1.1.0");
        assertThat(block.get(2)).isEqualTo("  relay  ●●●   ○ 1.0.0  ● 1.1.0");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_000_000, 999_999_999_999L})
    void noLineOfTheBlockIsWrapped(long fileBytes) {
        for (long bytes : new long[] {0, fileBytes / 2, fileBytes}) {
            assertThat(bar.block(moment(1, bytes, fileBytes, 64)))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(79));
        }
    }

    @Test
    void theBarKeepsItsWidthWhileTheFileGrows() {
        String early = bar.block(moment(1, 900, 146_000_000, 8)).getFirst();
        String late = bar.block(moment(8, 146_000_000, 146_000_000, 8)).getFirst();

        assertThat(early.chars().filter(sign -> sign == '█' || sign == '░').count())
                .isEqualTo(late.chars().filter(sign -> sign == '█').count());
    }

    @Test
    void aLiveDisplayDrawsOverWhatItHasDrawn() {
        try (Display live = new LiveDisplay(out, bar)) {
            live.show(moment(1, 10, 100, 2));
            live.show(moment(2, 20, 100, 2));
        }

        assertThat(text()).containsOnlyOnce("\033[3A").startsWith("\033[?25l").endsWith("\033[?25h");
    }

    @Test
    void aLiveDisplayDrawsNoMoreThanTenTimesASecond() {
        try (Display live = new LiveDisplay(out, bar)) {
            live.show(moment(1, 10, 100, 2));
            live.show(moment(1.05, 20, 100, 2));
        }

        assertThat(text()).doesNotContain("\033[3A");
    }

    @Test
    void withoutATerminalThereIsAPlainLineEverySecond() {
        try (Display lines = new LineDisplay(out, bar)) {
            for (int tenth = 0; tenth <= 30; tenth++) {
                lines.show(moment(tenth / 10.0, tenth, 30, 2));
            }
        }

        assertThat(text().lines()).hasSize(3).allMatch(line -> line.contains("swaps 3 of 16, now n4 to 1.1.0"));
        assertThat(text()).doesNotContain("\033");
    }

    @Test
    void aTerminalWithoutTheSignsGetsPlainOnes() {
        Glyphs plain = Glyphs.of(StandardCharsets.US_ASCII);

        assertThat(plain.full() + plain.empty() + plain.rule() + plain.yes() + plain.no() + plain.arrow())
                .isEqualTo("#.-yesNO->");
    }

    @Test
    void aTableIsAsWideAsWhatItHolds() {
        Table table = new Table(Column.left("node"), Column.right("bytes"));
        table.row("n1", "146000000");
        table.row("a-long-name", "1");

        assertThat(table.lines(FINE))
                .containsExactly(
                        "node             bytes",
                        "───────────  ─────────",
                        "n1           146000000",
                        "a-long-name          1");
    }

    @Test
    void aRowNeedsACellForEachColumn() {
        Table table = new Table(Column.left("node"), Column.right("bytes"));

        assertThatIllegalArgumentException().isThrownBy(() -> table.row("n1")).withMessage("a row has 2 cells, not 1");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1500, 1.5 kB", "146000000, 146.0 MB"})
    void bytesHaveAUnit(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "17000000, 17.0", "35500, 0.036", "12, <0.001"})
    void aRateHasTheDigitsThatItNeeds(double bytesPerSecond, String text) {
        assertThat(Units.rate(bytesPerSecond)).isEqualTo(text);
    }

    @Test
    void aRateOverNoTimeIsNone() {
        assertThat(Units.rate(100, 0)).isZero();
    }

    @Test
    void aPauseIsShownInMilliseconds() {
        assertThat(Units.millis(Duration.ofNanos(850_000))).isEqualTo("0.85 ms");
    }

    @Test
    void theSpeedIsThatOfTheLastSecond() {
        Speedometer speed = new Speedometer();
        for (int tenth = 0; tenth <= 20; tenth++) {
            speed.read(tenth / 10.0, 0);
        }

        for (int tenth = 21; tenth <= 40; tenth++) {
            speed.read(tenth / 10.0, tenth * 100L);
        }

        assertThat(speed.read(4.1, 4100)).isBetween(950.0, 1050.0);
    }
}
