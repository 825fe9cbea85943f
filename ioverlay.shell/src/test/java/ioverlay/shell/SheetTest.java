package ioverlay.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SheetTest {
    private static final Look WIDE = new Look(0, true, false, false);

    private static Sheet sheet() {
        Sheet sheet = Sheet.of("node", ">bytes", "why");
        sheet.row("n1", 17, "the quick brown fox jumps over the lazy dog");
        sheet.row("n2", 1234567, "");
        return sheet;
    }

    @Test
    void isAsWideAsWhatItHoldsWhereNobodyCounts() {
        assertThat(sheet().lines(WIDE))
                .containsExactly(
                        "node    bytes  why",
                        "n1         17  the quick brown fox jumps over the lazy dog",
                        "n2    1234567");
    }

    @Test
    void cutsTheColumnsOnTheRightFirstAndNeverWraps() {
        assertThat(sheet().lines(new Look(26, true, false, true)))
                .containsExactly("node    bytes  why", "n1         17  the quick …", "n2    1234567");
        assertThat(sheet().lines(new Look(26, false, false, true))).contains("n1         17  the quick..");
    }

    @Test
    void cutsHeadsBeforeWhatStandsBelowThem() {
        Sheet sheet = Sheet.of("link", "neighbour", "unacknowledged");
        sheet.row("upstream", "127.0.0.1:7001", "437.2 kB");
        assertThat(sheet.lines(new Look(34, true, false, true)))
                .containsExactly("link      neighbour       unackno…", "upstream  127.0.0.1:7001  437.2 kB");
    }

    @Test
    void fitsEveryWidth() {
        for (int columns = 20; columns < 90; columns++) {
            Look look = new Look(columns, true, false, true);
            assertThat(sheet().lines(look)).hasSize(3).allMatch(line -> line.length() <= look.columns());
        }
    }

    @Test
    void whatAnAlgorithmSaysCannotCommandTheTerminal() {
        Sheet sheet = Sheet.of("says");
        sheet.row("\u001b[2Jred\nalert\u202e");
        assertThat(sheet.lines(WIDE)).isEqualTo(List.of("says", " [2Jred alert"));
    }

    @Test
    void coloursTakeNoRoom() {
        Sheet sheet = Sheet.of("state", "node");
        sheet.row(States.cell("parked"), "n1");
        Look coloured = new Look(80, true, true, true);
        assertThat(sheet.lines(coloured).getLast()).isEqualTo("\u001b[31mparked\u001b[0m  n1");
        assertThat(sheet.lines(WIDE).getLast()).isEqualTo("parked  n1");
    }
}
