package ioverlay.bench.soak;

import com.google.gson.JsonObject;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import ioverlay.api.container.Nodes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a leak makes grow, in this JVM.
 *
 * @param threads of the platform
 * @param virtualThreads as far as the JVM sees them
 * @param files that are open, sockets among them
 * @param classes that are loaded, those that were unloaded taken off
 * @param directBytes outside the heap, without slabs that the pool has free
 * @param heapBytes that a collection left
 */
record Footprint(int threads, long virtualThreads, long files, int classes, long directBytes, long heapBytes) {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /** Sockets of the JVM's own, and who looks. */
    private static final int MORE_THREADS = 2;

    private static final int MORE_FILES = 3;

    /** Of the JVM, what is used for the first time late; a version of the relay has some ten. */
    private static final int MORE_CLASSES = 60;

    /** Buffers that threads of the JVM keep for themselves. */
    private static final long MORE_DIRECT_BYTES = 1 << 20;

    /** A thousand events, and as many bundles that were retired. */
    private static final long MORE_HEAP_BYTES = 8 << 20;

    /** After a collection of the whole heap, which this waits for. */
    static Footprint settled(Nodes nodes) throws IOException {
        long heapBytes = Collection.await();
        return new Footprint(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                countVirtualThreads(),
                countFiles(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                Slabs.bytesInUse(nodes),
                heapBytes);
    }

    private static long countVirtualThreads() throws IOException {
        Path folder = Files.createTempDirectory("ioverlay-soak");
        Path dump = folder.resolve("threads.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            try (Stream<String> lines = Files.lines(dump)) {
                return lines.filter(line -> line.startsWith("#") && line.contains(" virtual"))
                        .count();
            }
        } finally {
            Files.deleteIfExists(dump);
            Files.deleteIfExists(folder);
        }
    }

    private static long countFiles() throws IOException {
        if (!Files.isDirectory(OPEN_FILES)) {
            return 0; // another system than Linux
        }
        try (Stream<Path> open = Files.list(OPEN_FILES)) {
            return open.count();
        }
    }

    /** What there is too much of, as sentences. */
    List<String> grownSince(Footprint before) {
        List<String> grown = new ArrayList<>();
        compare(grown, "threads", before.threads, threads, MORE_THREADS);
        compare(grown, "virtual threads", before.virtualThreads, virtualThreads, MORE_THREADS);
        compare(grown, "open files", before.files, files, MORE_FILES);
        compare(grown, "classes", before.classes, classes, MORE_CLASSES);
        compare(grown, "bytes of direct memory", before.directBytes, directBytes, MORE_DIRECT_BYTES);
        compare(grown, "bytes of heap", before.heapBytes, heapBytes, MORE_HEAP_BYTES);
        return grown;
    }

    private static void compare(List<String> grown, String what, long before, long after, long more) {
        if (after > before + more) {
            grown.add("a leak: " + after + " " + what + " after it, " + before + " before, at most " + more
                    + " more are expected");
        }
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("threads", threads);
        json.addProperty("virtualThreads", virtualThreads);
        json.addProperty("files", files);
        json.addProperty("classes", classes);
        json.addProperty("directBytes", directBytes);
        json.addProperty("heapBytes", heapBytes);
        return json;
    }
}
