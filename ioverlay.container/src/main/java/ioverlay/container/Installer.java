package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.container.RefusedException;
import ioverlay.container.store.BundleFile;
import ioverlay.container.store.Offered;
import ioverlay.container.store.Packing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Brings a bundle's bytes into the framework, beside what runs, until what it promises can be had. What fails on the way
 * is uninstalled again.
 *
 * <p><b>Threads:</b> any; bundles are brought in one at a time.
 */
final class Installer {
    /** How long one who looks for a version waits for another who is bringing it. */
    static final long BUSY_LIMIT_MS = 5_000;

    private static final Logger LOG = System.getLogger(Installer.class.getName());

    private final BundleContext context;
    private final Catalogue<Algorithm> algorithms;
    private final Catalogue<Application> applications;
    private final ReentrantLock installing = new ReentrantLock();

    Installer(BundleContext context, Catalogue<Algorithm> algorithms, Catalogue<Application> applications) {
        this.context = context;
        this.algorithms = algorithms;
        this.applications = applications;
    }

    /** The installed bundle of that name and version. */
    Optional<Bundle> installed(String symbolicName, String version) {
        return Stream.of(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName())
                        && bundle.getVersion().toString().equals(version))
                .findFirst();
    }

    /**
     * Installs, resolves, starts, and waits for what it offers. One that is installed already is started.
     *
     * @param last what else has to succeed
     * @throws RefusedException with the reason; what was not installed before is then not installed
     */
    Bundle bring(BundleFile file, Consumer<Bundle> last) {
        installing.lock();
        try {
            Optional<Bundle> there = twin(file);
            Bundle bundle = there.isPresent() ? there.get() : install(file);
            try {
                ready(bundle);
                last.accept(bundle);
            } catch (RefusedException e) {
                if (there.isEmpty()) {
                    uninstall(bundle);
                }
                throw e;
            }
            return bundle;
        } finally {
            installing.unlock();
        }
    }

    /** Waits until what is being brought in right now is there or refused, at most {@value #BUSY_LIMIT_MS} ms. */
    void awaitIdle() {
        try {
            if (installing.tryLock(BUSY_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                installing.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever asks looks at what there is
        }
    }

    private Optional<Bundle> twin(BundleFile file) {
        Optional<Bundle> twin = installed(file.symbolicName(), file.version().toString());
        twin.filter(bundle -> !bundle.getLocation().equals(file.location())
                        && !Packing.contents(bundle).equals(file.contents()))
                .ifPresent(bundle -> {
                    throw otherContents(file);
                });
        return twin;
    }

    /** The refusal of a version whose contents have changed. */
    static RefusedException otherContents(BundleFile file) {
        return new RefusedException(file + " is already here with other contents: bump the version");
    }

    private Bundle install(BundleFile file) {
        try {
            return context.installBundle(file.location(), file.open());
        } catch (BundleException e) {
            throw new RefusedException(file + " cannot be installed: " + Reason.of(e), e);
        }
    }

    private void ready(Bundle bundle) {
        new Resolution(context).resolve(bundle);
        try {
            bundle.start();
        } catch (BundleException e) {
            throw new RefusedException(
                    bundle.getSymbolicName() + " " + bundle.getVersion() + " does not start: " + reason(e), e);
        }
        new Readiness<>(context, algorithms).await(bundle, Offered.names(bundle, Offered.ALGORITHM));
        new Readiness<>(context, applications).await(bundle, Offered.names(bundle, Offered.APPLICATION));
    }

    /** The framework says only that the activator failed; what it threw is the cause. */
    private static String reason(BundleException e) {
        Throwable cause = e.getCause();
        return e.getType() == BundleException.ACTIVATOR_ERROR && cause != null
                ? "its activator failed with " + cause
                : Reason.of(e);
    }

    private static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            LOG.log(Level.WARNING, "bundle {0} cannot be uninstalled: {1}", bundle.getLocation(), Reason.of(e));
        }
    }
}
