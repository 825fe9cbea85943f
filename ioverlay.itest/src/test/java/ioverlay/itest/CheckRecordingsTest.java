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
        return part(file, gap, 0, 4);
    }

    /** Of a film of four seconds, those from one to another. */
    private Path part(String file, double gap, double from, double to) throws Exception {
        Path film = folder.resolve(file);
        Files.createDirectories(film.getParent());
        Ffmpeg.film(film, gap, from, to);
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
    void all_begin_and_end_with_the_stream_but_the_dead_node() throws Exception {
        Ffmpeg.needed();
        film("whole.ts", 0);
        part("dead/node.ts", 0, 0, 1);
        part("below/node.ts", 0, 1, 3);
        assertThat(Ffmpeg.check(folder))
                .startsWith("0\n")
                .containsPattern("dead/node.ts +25 .*  ok")
                .containsPattern("below/node.ts +50 .*  ok");

        Path over = part("over.ts", 0, 0, 1);
        assertThat(Ffmpeg.check(folder))
                .startsWith("1\n")
                .containsPattern("\nover.ts .*  FAILED: ends 3.0.. s before the last");
        Files.delete(over);

        part("below/late.ts", 0, 3, 4);
        assertThat(Ffmpeg.check(folder))
                .startsWith("1\n")
                .containsPattern("\nbelow/late.ts .*  FAILED: begins 2.9.. s after the first");
    }

    @Test
    void where_there_is_nothing_to_check_nothing_is_well() throws Exception {
        Ffmpeg.needed();
        assertThat(Ffmpeg.check(folder)).startsWith("2\n").contains("there is no recording in '" + folder + "'");
    }
}
