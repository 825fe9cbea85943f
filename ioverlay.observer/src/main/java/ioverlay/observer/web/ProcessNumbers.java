package ioverlay.observer.web;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/** What Prometheus usually asks of a process, from the JDK's own beans. */
final class ProcessNumbers {
    private static final double MS_PER_SECOND = 1000;

    private ProcessNumbers() {}

    static void register(Metrics metrics) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        metrics.gauge(
                "process_start_time_seconds",
                "When the process began, in seconds since 1970.",
                () -> runtime.getStartTime() / MS_PER_SECOND);
        metrics.counter("process_cpu_seconds_total", "Processor time of the process.", ProcessNumbers::cpuSeconds);
        metrics.gauge(
                "jvm_heap_used_bytes",
                "Heap in use, garbage included.",
                () -> memory.getHeapMemoryUsage().getUsed());
        metrics.gauge("jvm_threads", "Platform threads.", threads::getThreadCount);
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(spent -> spent.toNanos() / (double) TimeUnit.SECONDS.toNanos(1))
                .orElse(0.0);
    }
}
