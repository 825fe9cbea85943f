package ioverlay.engine;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts what a closed data plane must not leave behind: threads, virtual ones included, and file descriptors. */
final class Census {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Pattern THREAD = Pattern.compile("^#\\d+ \"(overlay-[^\"]*)\"", Pattern.MULTILINE);

    private Census() {}

    /** Names of all live threads of data planes. */
    static List<String> overlayThreads() {
        try {
            Path directory = Files.createTempDirectory("census");
            Path dump = directory.resolve("threads.txt");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            Matcher names = THREAD.matcher(Files.readString(dump));
            List<String> found = new ArrayList<>();
            while (names.find()) {
                found.add(names.group(1));
            }
            Files.delete(dump);
            Files.delete(directory);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean canCountDescriptors() {
        return Files.isDirectory(DESCRIPTORS);
    }

    /** Sockets, selectors and whatever else the process has open, but for files: classes are loaded at any time. */
    static long descriptors() {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.filter(Census::isNoFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNoFile(Path descriptor) {
        try {
            return !Files.readSymbolicLink(descriptor).isAbsolute();
        } catch (IOException e) {
            return false; // closed since it was listed
        }
    }
}
