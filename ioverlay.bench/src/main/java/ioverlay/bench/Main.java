package ioverlay.bench;

import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import ioverlay.bench.emulation.Gauges;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs on the JVM's main thread with the command line's arguments; what it returns is the exit code.
 *
 * <p>The launcher knows it by {@code main.thread=true}, see {@code docs/decisions/0002-the-launcher.md}.
 */
@Component(service = Callable.class, property = "main.thread=true")
public final class Main implements Callable<Integer> {
    private static final int STOP_TIMEOUT_MS = 4000;

    private final String[] arguments;
    private final Steering steering;
    private final Framework framework;

    /** Volatile: set by the main thread, read by the one that stops the framework. */
    private volatile @Nullable Thread running;

    /**
     * Made by the framework once the launcher has published the arguments and the container is there.
     *
     * @param launcher the launcher's service properties, {@code launcher.arguments} among them
     */
    @Activate
    public Main(
            @Reference(service = Object.class, target = "(launcher.arguments=*)") Map<String, Object> launcher,
            @Reference Nodes nodes,
            @Reference Swaps swaps,
            @Reference Repository repository,
            @Reference Network network,
            @Reference Events events,
            @Reference Valve valve,
            @Reference Gauges gauges,
            BundleContext context) {
        arguments = (String[]) Objects.requireNonNull(launcher.get("launcher.arguments"));
        Path bundles = Path.of(System.getProperty("ioverlay.home", "")).resolve("run/bundles");
        steering = new Steering(nodes, swaps, repository, network, events, valve, gauges, bundles.toAbsolutePath());
        framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(Framework.class);
    }

    @Override
    public Integer call() {
        // The launcher does not stop the framework on SIGTERM.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopFramework, "bench-shutdown"));
        running = Thread.currentThread();
        try {
            return Bench.run(steering, () -> framework.getState() != Bundle.ACTIVE, System.out, System.err, arguments);
        } finally {
            running = null;
        }
    }

    /** Ends a benchmark that is still under way when the framework stops. */
    @Deactivate
    void stop() {
        Thread thread = running;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void stopFramework() {
        try {
            framework.stop();
            framework.waitForStop(STOP_TIMEOUT_MS);
        } catch (BundleException e) {
            System.err.println("The framework does not stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
