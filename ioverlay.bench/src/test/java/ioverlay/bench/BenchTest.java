package ioverlay.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.bench.emulation.Gauges;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, as far as it needs no container. */
class BenchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String line) {
        Steering nothing = new Steering(null, null, null, null, null, new Valve(), new Gauges(), Path.of("/nowhere"));
        return Bench.run(
                nothing,
                () -> false,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                line.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "bench, 'A benchmark is needed: swap, emulation, soak, observer or coding. See: run/overlay bench --help'",
        "bench nonsense, Unmatched argument at index 1: 'nonsense'. See: run/overlay bench --help",
        "bench swap --swaps 0, '--swaps takes a number from 1 to 1000000, not 0. See: run/overlay bench swap --help'",
        "bench swap --payload 2000000, "
                + "'--payload takes a number from 1 to 1048576, not 2000000. See: run/overlay bench swap --help'",
        "bench emulation --seconds 0, "
                + "'--seconds takes a number from 1 to 60, not 0. See: run/overlay bench emulation --help'",
        "'bench emulation --kinds total,sideways', '--kinds takes some of total, in, out, link, from, relay, total+link,"
                + " in+out, all, all-from, changes, shares, delays, not ''sideways''."
                + " See: run/overlay bench emulation --help'",
        "'bench emulation --rates 10K,fast', '--rates takes bytes per second from 5K to 1000M, with commas between,"
                + " not ''fast''. See: run/overlay bench emulation --help'",
        "bench emulation --rates -1, '--rates takes bytes per second from 5K to 1000M, with commas between,"
                + " not ''-1''. See: run/overlay bench emulation --help'",
        "bench soak --minutes 0, "
                + "'--minutes takes a number from 0.05 to 10000, not 0.0. See: run/overlay bench soak --help'",
        "bench soak --nodes 5, '--nodes takes a number from 20 to 500, not 5. See: run/overlay bench soak --help'",
        "bench observer --nodes 0, '--nodes takes a number from 1 to 1000, not 0. See: run/overlay bench observer --help'",
        "bench observer --seconds 4, "
                + "'--seconds takes a number from 5 to 36000, not 4. See: run/overlay bench observer --help'",
        "bench observer --poll 99, "
                + "'--poll takes a number from 100 to 600000, not 99. See: run/overlay bench observer --help'",
        "'bench coding --what mad,nothing', '--what takes some of mad, encode, recode, decode, not ''nothing''. See: run/overlay bench coding --help'",
        "bench coding --k 257, '--k takes numbers from 1 to 256, with commas between, not ''257''. See: run/overlay bench coding --help'",
        "'bench coding --k 16,', '--k takes numbers from 1 to 256, with commas between, not ''''. See: run/overlay bench coding --help'",
        "'bench coding --bytes 0,5120', '--bytes takes numbers from 1 to 1048576, with commas between, not ''0''. See: run/overlay bench coding --help'",
        "bench coding --bytes much, '--bytes takes numbers from 1 to 1048576, with commas between, not ''much''. See: run/overlay bench coding --help'",
        "bench coding --kernel slow, '--kernel takes some of fastest, scalar here, not ''slow''."
                + " See: run/overlay bench coding --help'",
        "bench coding --kernel vector-512, '--kernel takes some of fastest, scalar here, not ''vector-512''."
                + " See: run/overlay bench coding --help'",
        "bench swap --json /nowhere/x, "
                + "'--json needs a file that can be written, not ''/nowhere/x''. See: run/overlay bench swap --help'",
    })
    void wrong_usage_is_a_sentence_and_exit_code_2(String line, String sentence) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString(UTF_8).strip()).isEqualTo(sentence);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void help_names_the_options_and_what_the_file_holds() {
        assertThat(run("bench swap --help")).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("Usage: overlay bench swap")
                .contains("--swaps=N", "--probation=MS", "--json=FILE", "pauseMicros");
    }

    @Test
    void without_the_next_version_it_fails_with_a_sentence() {
        assertThat(run("bench swap")).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .isEqualTo("Failed: the relay's next version is missing: /nowhere/ioverlay.algo.relay-1.1.0.jar\n");
    }
}
