package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Takes bundles in, each beside what runs.
 *
 * <p><b>Threads:</b> any; bundles are added one at a time.
 */
final class BundleStore implements Repository {
    private static final Logger LOG = System.getLogger(BundleStore.class.getName());

    private final BundleContext context;
    private final Catalogue<Algorithm> algorithms;
    private final Catalogue<Application> applications;
    private final Directory directory;
    private final ReentrantLock adding = new ReentrantLock();

    BundleStore(
            BundleContext context,
            Catalogue<Algorithm> algorithms,
            Catalogue<Application> applications,
            Directory directory) {
        this.context = context;
        this.algorithms = algorithms;
        this.applications = applications;
        this.directory = directory;
    }

    @Override
    public List<Offer> algorithms() {
        return algorithms.all().stream().map(this::offer).toList();
    }

    private Offer offer(Source<Algorithm> source) {
        return new Offer(
                source.name(),
                source.version().toString(),
                source.bundle(),
                source.bundleId(),
                directory.users(source.reference()));
    }

    @Override
    public List<Offer> add(URI location, String sha256) {
        return add(location);
    }

    @Override
    public List<Retired> retired() {
        return List.of();
    }

    @Override
    public List<String> why(String bundle) {
        return List.of();
    }

    @Override
    public List<Offer> add(URI location) {
        BundleFile file = BundleFile.read(location);
        adding.lock();
        try {
            Optional<Bundle> there = installed(file);
            Bundle bundle = there.isPresent() ? there.get() : install(file);
            ready(bundle, there.isEmpty());
            return algorithms.of(bundle).stream().map(this::offer).toList();
        } finally {
            adding.unlock();
        }
    }

    private Optional<Bundle> installed(BundleFile file) {
        Optional<Bundle> twin = Stream.of(context.getBundles())
                .filter(bundle -> file.symbolicName().equals(bundle.getSymbolicName())
                        && file.version().equals(bundle.getVersion()))
                .findFirst();
        twin.filter(bundle -> !bundle.getLocation().equals(file.location())
                        && !contents(bundle).equals(file.contents()))
                .ifPresent(bundle -> {
                    throw new RefusedException(file.symbolicName() + " " + file.version()
                            + " is already here with other contents: bump the version");
                });
        return twin;
    }

    private static String contents(Bundle bundle) {
        Fingerprint contents = new Fingerprint();
        Enumeration<URL> entries =
                Optional.ofNullable(bundle.findEntries("/", "*", true)).orElseGet(Collections::emptyEnumeration);
        for (URL entry : Collections.list(entries)) {
            if (!entry.getPath().endsWith("/")) {
                add(contents, entry);
            }
        }
        return contents.toString();
    }

    private static void add(Fingerprint contents, URL entry) {
        try (InputStream in = entry.openStream()) {
            contents.add(entry.getPath().substring(1), in, Long.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Bundle install(BundleFile file) {
        try {
            return context.installBundle(file.location(), file.open());
        } catch (BundleException e) {
            throw new RefusedException(
                    file.symbolicName() + " " + file.version() + " cannot be installed: " + Reason.of(e), e);
        }
    }

    private void ready(Bundle bundle, boolean fresh) {
        try {
            new Resolution(context).resolve(bundle);
            bundle.start();
            new Readiness<>(context, algorithms).await(bundle, Offered.names(bundle, Offered.ALGORITHM));
            new Readiness<>(context, applications).await(bundle, Offered.names(bundle, Offered.APPLICATION));
        } catch (BundleException e) {
            undo(bundle, fresh);
            throw new RefusedException(
                    bundle.getSymbolicName() + " " + bundle.getVersion() + " does not start: " + Reason.of(e), e);
        } catch (RefusedException e) {
            undo(bundle, fresh);
            throw e;
        }
    }

    private static void undo(Bundle bundle, boolean fresh) {
        if (!fresh) {
            return;
        }
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            LOG.log(Level.WARNING, "bundle {0} cannot be uninstalled: {1}", bundle.getLocation(), Reason.of(e));
        }
    }
}
