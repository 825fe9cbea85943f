package ioverlay.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Under what a number was measured: it means nothing without.
 *
 * @param cores that this JVM may use
 * @param jvm its name and version
 * @param collector of the heap
 * @param heapBytes its upper limit
 * @param congestionControl of TCP, which decides much on loopback too
 * @param system its name and version
 */
public record Conditions(
        int cores, String jvm, String collector, long heapBytes, String congestionControl, String system) {
    private static final Path CONGESTION_CONTROL = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");

    /** Those of this JVM. */
    public static Conditions here() {
        Runtime runtime = Runtime.getRuntime();
        return new Conditions(
                runtime.availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")),
                runtime.maxMemory(),
                congestion(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static String congestion() {
        try {
            return Files.readString(CONGESTION_CONTROL).strip();
        } catch (IOException e) {
            return "unknown"; // another system than Linux, or one that does not tell
        }
    }

    /** Adds them to a result. */
    public void writeTo(JsonObject json) {
        json.addProperty("congestionControl", congestionControl);
        json.addProperty("cores", cores);
        json.addProperty("jvm", jvm);
        json.addProperty("collector", collector);
        json.addProperty("system", system);
    }

    /** For a person. */
    public List<String> lines() {
        return List.of(
                "  machine  " + cores + " cores, " + system + ", TCP " + congestionControl,
                "  jvm      " + jvm + "; heap " + (heapBytes >> 20) + " MiB; " + collector);
    }
}
