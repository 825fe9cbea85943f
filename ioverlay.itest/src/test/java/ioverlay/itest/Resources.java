package ioverlay.itest;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a leak makes grow; direct memory is counted by {@link Slabs}.
 *
 * @param classes that are loaded, those that were unloaded taken off
 * @param threads of the platform
 * @param virtualThreads as far as the JVM sees them
 * @param files that are open, sockets among them
 */
record Resources(int classes, int threads, long virtualThreads, long files) {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /** Collects what can be collected, and looks. */
    static Resources now(Path scratch) throws IOException {
        System.gc();
        System.gc(); // class loaders are unloaded by the first, what cleaners hold goes with the second
        return new Resources(
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                virtualThreads(scratch),
                openFiles());
    }

    private static long virtualThreads(Path scratch) throws IOException {
        Path dump = scratch.resolve("threads.txt");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
        try (Stream<String> lines = Files.lines(dump)) {
            return lines.filter(line -> line.startsWith("#") && line.contains(" virtual"))
                    .count();
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> open = Files.list(OPEN_FILES)) {
            return open.count();
        }
    }

    /** By how much there is more now. */
    Resources since(Resources before) {
        return new Resources(
                classes - before.classes,
                threads - before.threads,
                virtualThreads - before.virtualThreads,
                files - before.files);
    }
}
