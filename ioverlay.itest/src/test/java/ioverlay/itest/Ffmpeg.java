package ioverlay.itest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes real video, and looks at it: the programs ffmpeg and ffprobe. Without them a test is skipped. */
final class Ffmpeg {
    private static final long LIMIT_SECONDS = 60;

    private Ffmpeg() {}

    /** Skips the test with a line that says why if they are not there. */
    static void needed() {
        assumeTrue(
                Stream.of("ffmpeg", "ffprobe").allMatch(Ffmpeg::isOnPath),
                "skipped: there is no ffmpeg with ffprobe on the PATH (Debian: ffmpeg)");
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /**
     * Starts the encoder that {@code docs/stream.md} shows: so many seconds of H.264 and AAC, as they come, to a port of
     * loopback.
     */
    static Process encode(int seconds, int port) throws IOException {
        return encode("udp://127.0.0.1:5000", seconds, port);
    }

    /** The same where it waits for somebody who asks by HTTP. */
    static Process serve(int seconds, int port) throws IOException {
        return encode("http://127.0.0.1:5080", seconds, port);
    }

    private static Process encode(String to, int seconds, int port) throws IOException {
        String command = Files.readAllLines(Workspace.ROOT.resolve("docs/stream.md")).stream()
                .filter(line -> line.startsWith("    ffmpeg ") && line.contains(to))
                .findFirst()
                .orElseThrow();
        return start(command.strip()
                .replace(" -t 60 ", " -v error -t " + seconds + " ")
                .replace(to, to.substring(0, to.lastIndexOf(':') + 1) + port));
    }

    /** Starts a player that watches for so many seconds of stream and complains about whatever is wrong with it. */
    static Process watch(String url, int seconds) throws IOException {
        return start("ffmpeg -nostdin -v warning -i " + url + " -t " + seconds + " -f null -");
    }

    /** What a decoder complains about in a file. */
    static String complaints(Path file) throws Exception {
        return output(start("ffmpeg -nostdin -v warning -i " + file + " -f null -"));
    }

    /** Decode times of the pictures in a file, in seconds. */
    static List<Double> pictures(Path file) throws Exception {
        String lines =
                output(start("ffprobe -v error -select_streams v -show_entries packet=dts_time -of csv=p=0 " + file));
        List<Double> times = new ArrayList<>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> times.add(Double.valueOf(line.replace(",", ""))));
        return times;
    }

    /** Makes what lies between two times of four seconds of film, with a gap from the first second on. */
    static void film(Path file, double gapSeconds, double from, double to) throws Exception {
        output(start(
                "ffmpeg -nostdin -v error -f lavfi -i testsrc=size=160x120:rate=25:duration=4 -vf select=(lt(t\\,0.99)+gte(t\\,"
                        + (0.99 + gapSeconds) + "))*gte(t\\," + (from - 0.01) + ")*lt(t\\," + (to - 0.01)
                        + ") -fps_mode vfr -c:v mpeg2video -bf 0 -f mpegts " + file));
    }

    /** The exit code of {@code run/check-recordings} as a line, and what it says of a directory. */
    static String check(Path directory) throws Exception {
        Process process = start("bash " + Workspace.ROOT.resolve("run/check-recordings") + " " + directory);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + said;
    }

    /** The codecs in a file. */
    static List<String> codecs(Path file) throws Exception {
        return output(start("ffprobe -v error -show_entries stream=codec_name -of csv=p=0 " + file))
                .lines()
                .map(line -> line.replace(",", ""))
                .filter(line -> !line.isBlank())
                .distinct()
                .toList();
    }

    private static Process start(String command) throws IOException {
        return new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    }

    /** What a program says until it ends by itself. */
    static String output(Process process) throws Exception {
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("it ended with " + process.exitValue() + ": " + said);
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
