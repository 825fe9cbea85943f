package ioverlay.itest;

import ioverlay.api.container.Events;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A real Felix with the real bundles of a container. Only the api is not a bundle here: the framework exports it from
 * the test's own class path, so that a test speaks to the services in plain Java.
 *
 * <p>{@link #observed} has the agent, the observer and its web server too. They do nothing yet: a test configures {@code
 * ioverlay.observer} and {@code ioverlay.agent}, and asks at {@link #web}.
 */
public final class LiveContainer implements AutoCloseable {
    private static final long STOP_LIMIT_MS = 60_000;

    private static final String SHARED = String.join(
            ",",
            "ioverlay.api;version=1.1.0",
            "ioverlay.api.container;version=1.1.0",
            "ioverlay.api.observer;version=1.0.0",
            "ioverlay.api.woven;version=1.0.0",
            "com.google.gson;version=2.15.0",
            "com.google.gson.reflect;version=2.15.0",
            "com.google.gson.stream;version=2.15.0",
            "com.google.gson.annotations;version=2.15.0",
            "org.osgi.service.cm;version=1.6.1");

    /** In the order of their starts: what others find when they start comes first, and the web before who uses it. */
    private static final List<String> WEB = List.of(
            "asm",
            "asm-tree",
            "asm-analysis",
            "asm-commons",
            "asm-util",
            "org.apache.aries.spifly.dynamic.bundle",
            "slf4j-api",
            "slf4j-jdk14",
            "commons-io",
            "commons-fileupload",
            "org.apache.felix.http.servlet-api",
            "jsr305",
            "prometheus-metrics-config",
            "prometheus-metrics-model",
            "prometheus-metrics-tracer-common",
            "prometheus-metrics-core",
            "prometheus-metrics-exposition-textformats",
            "h2",
            "org.apache.felix.http.jetty12");

    private final Framework framework;
    private final Path cache;

    private LiveContainer(Framework framework, Path cache) {
        this.framework = framework;
        this.cache = cache;
    }

    /** Boots one with these algorithm and application bundles. */
    public static LiveContainer with(Path... bundles) throws Exception {
        return with(Map.of(), bundles);
    }

    /** The same with agent, observer and a web server at a free port of loopback. */
    public static LiveContainer observed(Path... bundles) throws Exception {
        return observed(Map.of(), bundles);
    }

    /** The same with framework properties; {@code org.osgi.service.http.port} chooses the port. */
    public static LiveContainer observed(Map<String, String> properties, Path... bundles) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "org.apache.felix.http.host", "127.0.0.1",
                "org.osgi.service.http.port", String.valueOf(freePort()),
                "org.apache.felix.http.jetty.threadpool.max", "16",
                "org.apache.felix.http.mbeans", "false"));
        all.putAll(properties);
        Stream<Path> observing = Stream.concat(
                WEB.stream().map(Jars::others), Stream.of(Jars.ours("ioverlay.agent"), Jars.ours("ioverlay.observer")));
        return with(all, Stream.concat(observing, Stream.of(bundles)).toArray(Path[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The same with framework properties. */
    public static LiveContainer with(Map<String, String> properties, Path... bundles) throws Exception {
        Path cache = Files.createTempDirectory("ioverlay-itest");
        Map<String, String> configuration = new HashMap<>(properties);
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED);
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(configuration);
        LiveContainer container = new LiveContainer(framework, cache);
        framework.start();
        for (String artifact : List.of(
                "org.osgi.util.function",
                "org.osgi.util.promise",
                "org.osgi.service.component",
                "org.apache.felix.log",
                "org.apache.felix.configadmin",
                "org.apache.felix.metatype",
                "org.apache.felix.scr")) {
            container.install(Jars.others(artifact));
        }
        container.install(Jars.ours("ioverlay.io"));
        container.install(Jars.ours("ioverlay.traffic"));
        container.install(Jars.ours("ioverlay.engine"));
        container.install(Jars.ours("ioverlay.container"));
        for (Path bundle : bundles) {
            container.install(bundle);
        }
        for (Bundle bundle : container.context().getBundles()) {
            bundle.start();
        }
        return container;
    }

    private Bundle install(Path jar) throws BundleException {
        return context().installBundle(jar.toUri().toString());
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    public Nodes nodes() {
        return service(Nodes.class);
    }

    public Swaps swaps() {
        return service(Swaps.class);
    }

    public Repository repository() {
        return service(Repository.class);
    }

    public Events events() {
        return service(Events.class);
    }

    public ConfigurationAdmin configurations() {
        return service(ConfigurationAdmin.class);
    }

    /** Where the web server of an observed container answers, with a slash at the end. */
    public URI web() {
        return URI.create("http://127.0.0.1:" + context().getProperty("org.osgi.service.http.port") + "/");
    }

    /** Makes or changes a configuration. */
    @SuppressWarnings("JdkObsolete") // what ConfigurationAdmin takes
    public void configure(String pid, Map<String, Object> properties) throws IOException {
        configurations().getConfiguration(pid, "?").update(new Hashtable<>(properties));
    }

    /** A service that must be there. */
    public <S> S service(Class<S> type) {
        ServiceReference<S> reference = context().getServiceReference(type);
        if (reference == null) {
            throw new AssertionError("no service " + type.getName());
        }
        return context().getService(reference);
    }

    /** The installed bundle of that name and version. */
    public Bundle bundle(String symbolicName, String version) {
        return bundles(symbolicName)
                .filter(bundle -> bundle.getVersion().toString().equals(version))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not installed: " + symbolicName + " " + version));
    }

    /** All installed bundles of that name. */
    public Stream<Bundle> bundles(String symbolicName) {
        return Stream.of(context().getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName()));
    }

    @Override
    public void close() throws BundleException, IOException {
        framework.stop();
        try {
            framework.waitForStop(STOP_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            files.sorted(Comparator.reverseOrder()).forEach(LiveContainer::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
