package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run/check-recordings} finds what is missing, and says so with its exit code: real films with real gaps. */
final class CheckRecordingsTest {
    @TempDir
    private Path folder;

    private Path film(String file, double gap) throws Exception {
        Path film = folder.resolve(file);
        Files.createDirectories(film.getParent());
        Ffmpeg.film(film, gap);
        return film;
    }

    @Test
    void what_may_be_missing_is_nothing_and_below_the_dead_node_two_seconds() throws Exception {
        Ffmpeg.needed();
        film("whole.ts", 0);
        film("below/gap.ts", 1.8);
        assertThat(Ffmpeg.check(folder))
                .startsWith("0\n")
                .containsPattern("whole.ts +100 +0.040 s +0.000 s +0  ok")
                .containsPattern("below/gap.ts +55 +1.840 s +1.800 s +0  ok");

        Path elsewhere = film("gap.ts", 0.2);
        assertThat(Ffmpeg.check(folder)).startsWith("1\n").containsPattern("\ngap.ts .* 0.200 s +0  FAILED");
        Files.delete(elsewhere);

        Path tooLong = film("below/long.ts", 2.2);
        assertThat(Ffmpeg.check(folder)).startsWith("1\n").containsPattern("below/long.ts .* 2.200 s +0  FAILED");
        Files.delete(tooLong);

        Files.writeString(folder.resolve("junk.ts"), "no film");
        assertThat(Ffmpeg.check(folder)).startsWith("1\n").containsPattern("junk.ts +0 .*FAILED");
    }

    @Test
    void where_there_is_nothing_to_check_nothing_is_well() throws Exception {
        Ffmpeg.needed();
        assertThat(Ffmpeg.check(folder)).startsWith("2\n").contains("there is no recording in '" + folder + "'");
    }
}
