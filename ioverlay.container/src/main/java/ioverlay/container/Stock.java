package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import ioverlay.container.store.Packing;
import ioverlay.container.store.Stored;
import ioverlay.container.store.Vault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.VersionRange;

/**
 * Algorithms that are active, and those of bundles that are kept and not installed now. A bundle that is installed but
 * was stopped is neither: whoever stopped it wants it so.
 *
 * <p><b>Threads:</b> any.
 */
final class Stock implements Supply {
    private static final Logger LOG = System.getLogger(Stock.class.getName());

    private final Catalogue<Algorithm> algorithms;
    private final Vault vault;
    private final Installer installer;

    /** Used bundles, by number and time of their last change, that have been looked at. */
    private final Set<String> looked = ConcurrentHashMap.newKeySet();

    Stock(Catalogue<Algorithm> algorithms, Vault vault, Installer installer) {
        this.algorithms = algorithms;
        this.vault = vault;
        this.installer = installer;
    }

    @Override
    public Source<Algorithm> highest(String name, VersionRange range) {
        Optional<Source<Algorithm>> found = look(name, range);
        if (found.isEmpty()) {
            installer.awaitIdle(); // another may be bringing it: it is no longer only stored, and not active yet
            found = look(name, range);
        }
        return found.orElseThrow(() -> algorithms.missing(name, range, elsewhere(name)));
    }

    private Optional<Source<Algorithm>> look(String name, VersionRange range) {
        Optional<Source<Algorithm>> active = algorithms.find(name, range);
        Optional<Stored> stored = stored().stream()
                .filter(bundle -> bundle.algorithms().contains(name) && range.includes(bundle.version()))
                .max(Comparator.comparing(Stored::version))
                .filter(bundle -> active.isEmpty() || active.get().version().compareTo(bundle.version()) < 0);
        return stored.isPresent() ? Optional.of(bring(stored.get(), name)) : active;
    }

    /** What is kept and not installed. */
    List<Stored> stored() {
        return vault.all().stream()
                .filter(bundle -> installed(bundle).isEmpty())
                .toList();
    }

    private Optional<Bundle> installed(Stored stored) {
        return installer.installed(stored.symbolicName(), stored.version().toString());
    }

    private Source<Algorithm> bring(Stored stored, String name) {
        Bundle bundle = installer.bring(vault.open(stored), fresh -> {});
        return algorithms.of(bundle).stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "the bundle " + stored + " was started for '" + name + "' and has left again"));
    }

    /** What of a name is not active but could be had, each for a person. */
    List<String> elsewhere(String name) {
        return vault.all().stream()
                .filter(bundle -> bundle.algorithms().contains(name))
                .filter(bundle -> installed(bundle)
                        .map(found -> found.getState() != Bundle.ACTIVE)
                        .orElse(true))
                .map(bundle -> name + " " + bundle.version()
                        + (installed(bundle).isPresent() ? " (its bundle is not started)" : " (stored)"))
                .toList();
    }

    @Override
    public void keep(Bundle bundle) {
        try {
            Optional<Stored> there =
                    vault.find(bundle.getSymbolicName(), bundle.getVersion().toString());
            if (there.filter(stored -> isSame(stored, bundle)).isEmpty()) {
                vault.keep(Packing.pack(bundle));
            }
        } catch (IllegalStateException e) {
            throw new RefusedException(
                    "the bundle " + bundle.getSymbolicName() + " cannot be kept, it is uninstalled", e);
        }
    }

    /** Keeps a bundle that is used, so that a restart finds it; one that cannot be kept is told once. */
    void keepUsed(Bundle bundle) {
        if (!looked.add(bundle.getBundleId() + " " + bundle.getLastModified())) {
            return;
        }
        try {
            keep(bundle);
        } catch (RefusedException e) {
            LOG.log(
                    Level.WARNING,
                    "bundle {0} {1} is used and cannot be kept, so it has to be here after a restart: {2}",
                    bundle.getSymbolicName(),
                    bundle.getVersion(),
                    Reason.of(e));
        }
    }

    private static boolean isSame(Stored stored, Bundle bundle) {
        return stored.location().equals(bundle.getLocation())
                || stored.contents().equals(Packing.contents(bundle));
    }
}
