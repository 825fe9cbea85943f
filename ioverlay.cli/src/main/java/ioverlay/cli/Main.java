package ioverlay.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
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
    private final Framework framework;

    /**
     * Made by the framework once the launcher has published the arguments.
     *
     * @param launcher the launcher's service properties, {@code launcher.arguments} among them
     */
    @Activate
    public Main(
            @Reference(service = Object.class, target = "(launcher.arguments=*)") Map<String, Object> launcher,
            BundleContext context) {
        this.arguments = (String[]) Objects.requireNonNull(launcher.get("launcher.arguments"));
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(Framework.class);
    }

    @Override
    public Integer call() {
        // The launcher does not stop the framework on SIGTERM.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopFramework, "overlay-shutdown"));
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            System.out.println("iOverlay 1.0.0");
            return 0;
        }
        System.err.println("Not known: " + String.join(" ", arguments));
        return 2;
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
