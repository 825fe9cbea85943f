package ioverlay.itest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a compiler does not see: lengths and leftovers in the source files. */
class SourceTest {
    private static final int LINES_MAX = 500;

    private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    private static final Pattern SLEEP = Pattern.compile("\\bThread\\." + "sleep\\(");

    @Test
    void no_file_is_longer_than_500_lines() throws IOException {
        for (Path source : Workspace.sources()) {
            assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(LINES_MAX);
        }
    }

    @Test
    void nothing_is_left_for_later() throws IOException {
        assertThat(matches(LEFTOVER, Workspace.sources())).isEmpty();
    }

    @Test
    void no_test_waits_by_sleeping() throws IOException {
        List<Path> tests = Workspace.sources().stream()
                .filter(source -> source.toString().contains("/src/test/"))
                .toList();

        assertThat(tests).isNotEmpty();
        assertThat(matches(SLEEP, tests)).isEmpty();
    }

    private static List<String> matches(Pattern pattern, List<Path> sources) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources) {
            Files.readAllLines(source).stream()
                    .filter(line -> pattern.matcher(line).find())
                    .forEach(line -> found.add(source + ": " + line.strip()));
        }
        return found;
    }
}
