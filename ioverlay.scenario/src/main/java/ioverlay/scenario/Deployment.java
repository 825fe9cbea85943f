package ioverlay.scenario;

import ioverlay.api.container.Repository;
import ioverlay.scenario.run.LocalSteering.Shelf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

/**
 * The bundles that a scenario brings into this container, and that leave with it: the next one of the same command must not
 * find a version that its own file does not have. They stay installed and stopped, since whoever stopped a bundle wants no
 * slot to have it, neither from the framework nor from the store.
 *
 * <p><b>Threads:</b> any.
 */
final class Deployment implements Shelf {
    private static final System.Logger LOG = System.getLogger(Deployment.class.getName());
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final BundleContext context;
    private final Repository repository;
    private final List<Path> brought = new ArrayList<>();

    Deployment(BundleContext context, Repository repository) {
        this.context = context;
        this.repository = repository;
    }

    @Override
    public synchronized void put(Path file) {
        boolean isNew = !isThere(file);
        repository.add(file.toUri());
        if (isNew) {
            brought.add(file);
        }
    }

    @Override
    public synchronized void clear() {
        brought.forEach(this::withdraw);
        brought.clear();
    }

    /** Whether slots could have it before: from a bundle that is active, or from the store. */
    private boolean isThere(Path file) {
        return named(file).filter(name -> isActive(name) || isOffered(name)).isPresent();
    }

    private boolean isActive(Name name) {
        return installed(name)
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .isPresent();
    }

    private boolean isOffered(Name name) {
        return repository.algorithms().stream()
                .anyMatch(offer ->
                        offer.bundle().equals(name.symbolic) && offer.version().equals(name.version));
    }

    private Optional<Bundle> installed(Name name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> name.symbolic.equals(bundle.getSymbolicName())
                        && bundle.getVersion().toString().equals(name.version))
                .findFirst();
    }

    /** A bundle's activator may hang: nobody waits for it longer than he must. */
    private void withdraw(Path file) {
        Thread stops = Thread.ofVirtual()
                .name("scenario-withdraws-" + file.getFileName())
                .start(() -> {
                    try {
                        Optional<Bundle> bundle = named(file).flatMap(this::installed);
                        if (bundle.isPresent()) {
                            bundle.get().stop();
                        } else {
                            install(file); // it has gone to the store, from where it would come back
                        }
                    } catch (BundleException | IOException | IllegalStateException e) {
                        LOG.log(System.Logger.Level.WARNING, "the bundle " + file + " stays after its scenario", e);
                    }
                });
        try {
            if (!stops.join(STOP_LIMIT)) {
                LOG.log(System.Logger.Level.WARNING, "the bundle {0} does not stop after its scenario", file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the container ends
        }
    }

    private void install(Path file) throws BundleException, IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            context.installBundle(file.toUri().toString(), bytes);
        }
    }

    /** As its manifest has it. */
    private record Name(String symbolic, String version) {}

    private static Optional<Name> named(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return Optional.ofNullable(jar.getManifest())
                    .map(manifest -> manifest.getMainAttributes())
                    .filter(main -> main.getValue("Bundle-SymbolicName") != null)
                    .map(main -> new Name(
                            main.getValue("Bundle-SymbolicName")
                                    .split(";", 2)[0]
                                    .strip(),
                            Version.parseVersion(main.getValue("Bundle-Version"))
                                    .toString()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // the repository will say what is wrong with it
        }
    }
}
