package ioverlay.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.Scenarios.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a scenario is, on a terminal and elsewhere. */
class ScenarioDisplayTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private List<String> shown(boolean terminal, int nodes, double... seconds) {
        try (ScenarioDisplay display = new ScenarioDisplay(new PrintStream(shown, true, US_ASCII), terminal)) {
            for (double at : seconds) {
                display.show(new Progress("slow", at, 10, nodes, 999_900_000, ""));
            }
        }
        return shown.toString(US_ASCII)
                .replace("\r\033[K", "\n")
                .lines()
                .filter(line -> line.contains("/s"))
                .toList();
    }

    @Test
    void a_run_that_is_under_way_is_never_shown_as_over() {
        List<String> lines = shown(false, 2, 5, 10, 15);

        assertThat(lines)
                .containsExactly(
                        "     5.00  ############............  2 nodes, 999.9 MB/s",
                        "    10.00  #######################.  2 nodes, 999.9 MB/s",
                        "    15.00  #######################.  2 nodes, 999.9 MB/s, longer than 10 s");
    }

    @Test
    void a_line_that_is_drawn_over_itself_fits_a_terminal() {
        assertThat(shown(true, 4096, 5, 86_401)).hasSize(2).allMatch(line -> line.length() < 79);
    }
}
