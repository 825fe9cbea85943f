package ioverlay.itest;

import ioverlay.api.container.Events;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
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
 */
final class LiveContainer implements AutoCloseable {
    private static final long STOP_LIMIT_MS = 60_000;

    private static final String SHARED = String.join(
            ",",
            "ioverlay.api;version=1.1.0",
            "ioverlay.api.container;version=1.1.0",
            "ioverlay.api.woven;version=1.0.0",
            "com.google.gson;version=2.15.0",
            "com.google.gson.reflect;version=2.15.0",
            "com.google.gson.stream;version=2.15.0",
            "com.google.gson.annotations;version=2.15.0",
            "org.osgi.service.cm;version=1.6.1");

    private final Framework framework;
    private final Path cache;

    private LiveContainer(Framework framework, Path cache) {
        this.framework = framework;
        this.cache = cache;
    }

    /** Boots one with these algorithm and application bundles. */
    static LiveContainer with(Path... bundles) throws Exception {
        return with(Map.of(), bundles);
    }

    /** The same with framework properties. */
    static LiveContainer with(Map<String, String> properties, Path... bundles) throws Exception {
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

    BundleContext context() {
        return framework.getBundleContext();
    }

    Nodes nodes() {
        return service(Nodes.class);
    }

    Swaps swaps() {
        return service(Swaps.class);
    }

    Repository repository() {
        return service(Repository.class);
    }

    Events events() {
        return service(Events.class);
    }

    ConfigurationAdmin configurations() {
        return service(ConfigurationAdmin.class);
    }

    /** A service that must be there. */
    <S> S service(Class<S> type) {
        ServiceReference<S> reference = context().getServiceReference(type);
        if (reference == null) {
            throw new AssertionError("no service " + type.getName());
        }
        return context().getService(reference);
    }

    /** The installed bundle of that name and version. */
    Bundle bundle(String symbolicName, String version) {
        return bundles(symbolicName)
                .filter(bundle -> bundle.getVersion().toString().equals(version))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not installed: " + symbolicName + " " + version));
    }

    /** All installed bundles of that name. */
    Stream<Bundle> bundles(String symbolicName) {
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
