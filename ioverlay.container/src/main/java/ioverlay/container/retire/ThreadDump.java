package ioverlay.container.retire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All virtual threads, as the JVM writes them down: there is no other way to see them. */
final class ThreadDump {
    private static final Logger LOG = System.getLogger(ThreadDump.class.getName());

    private ThreadDump() {}

    /**
     * A thread.
     *
     * @param frames class and method of each, the innermost first
     */
    record Seen(String name, List<String> frames) {}

    /** The virtual ones; none where the JVM has no such dump. */
    static List<Seen> virtual() {
        try {
            Path directory = Files.createTempDirectory("ioverlay-threads");
            Path file = directory.resolve("threads.json");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
                return read(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            // Another JVM, or no room for the file: what cannot be seen is not named.
            LOG.log(Level.DEBUG, "virtual threads cannot be seen: {0}", e);
            return List.of();
        }
    }

    private static List<Seen> read(Path file) throws IOException {
        List<Seen> all = new ArrayList<>();
        try (Reader in = Files.newBufferedReader(file)) {
            JsonObject dump = JsonParser.parseReader(in).getAsJsonObject().getAsJsonObject("threadDump");
            for (JsonElement container : dump.getAsJsonArray("threadContainers")) {
                for (JsonElement thread : container.getAsJsonObject().getAsJsonArray("threads")) {
                    add(thread.getAsJsonObject(), all);
                }
            }
        }
        return all;
    }

    private static void add(JsonObject thread, List<Seen> all) {
        if (thread.has("virtual") && thread.get("virtual").getAsBoolean()) {
            String name = thread.get("name").getAsString();
            all.add(new Seen(
                    name.isEmpty() ? "#" + thread.get("tid").getAsString() : name,
                    frames(thread.getAsJsonArray("stack"))));
        }
    }

    private static List<String> frames(JsonArray stack) {
        return stack.asList().stream().map(frame -> frame(frame.getAsString())).toList();
    }

    /** Of {@code java.base/java.lang.Thread.run(Thread.java:1)}: class and method. */
    private static String frame(String line) {
        String call = line.substring(0, line.indexOf('(') < 0 ? line.length() : line.indexOf('('));
        return call.substring(call.lastIndexOf('/') + 1);
    }
}
