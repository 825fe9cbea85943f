package ioverlay.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * The bundles of the observer, its web server and the Felix Web Console. They lie in a folder of their own and are
 * installed when they are wanted, without a copy: a container without them starts faster and listens at one port less.
 *
 * <p><b>Threads:</b> one.
 */
final class WebBundles {
    static final String SERVER = "org.apache.felix.http.jetty12";

    /** What the rest needs when it starts: its logging, which the first of them makes work. Then the server, then who uses it. */
    private static final List<String> FIRST =
            List.of("org.apache.aries.spifly.dynamic.bundle", "slf4j.api", "slf4j.jdk14");

    private static final String AGENT = "ioverlay.agent";
    private static final String OBSERVER = "ioverlay.observer";
    private static final List<String> LAST = List.of(SERVER, OBSERVER);

    private static final List<String> CONSOLE =
            List.of("org.owasp.encoder", "org.apache.felix.inventory", "org.apache.felix.webconsole");

    private final BundleContext context;
    private final Path folder;
    private final List<Bundle> installed = new ArrayList<>();

    /** Found when the others are installed: a framework that stops tells nobody its bundles any more. */
    private @Nullable Bundle agent;

    /**
     * Takes what it needs.
     *
     * @param folder with the jars
     */
    WebBundles(BundleContext context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    /**
     * Installs all and starts those of the observer and its web server.
     *
     * @throws FailedException if one is missing, or does not start
     */
    void start() throws InterruptedException {
        for (Path jar : jars()) {
            installed.add(install(jar));
        }
        agent = Arrays.stream(context.getBundles())
                .filter(bundle -> AGENT.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
        installed.stream()
                .filter(bundle -> !CONSOLE.contains(bundle.getSymbolicName()))
                .sorted(Comparator.comparingInt(WebBundles::turn))
                .forEach(WebBundles::start);
    }

    /** Stops the observer, behind the agent: who is left by an observer that ends would look for it. */
    void stop() {
        if (installed.isEmpty()) {
            return;
        }
        if (agent != null) {
            stop(agent);
        }
        installed.stream()
                .filter(bundle -> OBSERVER.equals(bundle.getSymbolicName()))
                .forEach(WebBundles::stop);
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop();
        } catch (BundleException | IllegalStateException e) {
            // The framework stops, or has: what was to be stopped is.
            System.getLogger(WebBundles.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0} does not stop: {1}", bundle, Reason.text(e));
        }
    }

    /** Starts the Felix Web Console. */
    void startConsole() {
        CONSOLE.forEach(name -> start(named(name)));
    }

    /** Stops the web server and starts it again. */
    void restartServer() {
        Bundle server = named(SERVER);
        try {
            server.stop();
        } catch (BundleException e) {
            throw new FailedException("The web server does not stop: " + Reason.text(e));
        }
        start(server);
    }

    private static int turn(Bundle bundle) {
        String name = bundle.getSymbolicName();
        if (FIRST.contains(name)) {
            return FIRST.indexOf(name) - FIRST.size();
        }
        return 1 + LAST.indexOf(name);
    }

    private Bundle named(String symbolicName) {
        return installed.stream()
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new FailedException(missing("there is no " + symbolicName)));
    }

    private List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            found.forEach(jars::add);
        } catch (IOException e) {
            throw new FailedException(missing(Reason.of(e)));
        }
        if (jars.isEmpty()) {
            throw new FailedException(missing("it is empty"));
        }
        return jars;
    }

    private String missing(String reason) {
        return "The observer and its page need the bundles in " + folder + ", which the build makes: " + reason;
    }

    private Bundle install(Path jar) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while the web's bundles were installed");
        }
        try {
            return context.installBundle("reference:" + jar.toUri());
        } catch (BundleException e) {
            throw new FailedException("The bundle " + jar.getFileName() + " cannot be installed: " + Reason.text(e));
        }
    }

    private static void start(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException e) {
            throw new FailedException("The bundle " + bundle.getSymbolicName() + " does not start: " + Reason.text(e));
        }
    }
}
