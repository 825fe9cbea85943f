package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.container.retire.Departures;
import ioverlay.container.store.BundleFile;
import ioverlay.container.store.Stored;
import ioverlay.container.store.Vault;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * Takes bundles in, each beside what runs, and keeps their bytes.
 *
 * <p><b>Threads:</b> any; bundles are added one at a time.
 */
final class BundleStore implements Repository {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final Catalogue<Algorithm> algorithms;
    private final Vault vault;
    private final Installer installer;
    private final Stock stock;
    private final Directory directory;
    private final Inquiry inquiry;
    private final Departures departures;

    BundleStore(
            Catalogue<Algorithm> algorithms,
            Vault vault,
            Installer installer,
            Stock stock,
            Directory directory,
            Inquiry inquiry,
            Departures departures) {
        this.algorithms = algorithms;
        this.vault = vault;
        this.installer = installer;
        this.stock = stock;
        this.directory = directory;
        this.inquiry = inquiry;
        this.departures = departures;
    }

    @Override
    public List<Offer> algorithms() {
        return Stream.concat(
                        algorithms.all().stream().map(this::active),
                        stock.stored().stream().flatMap(BundleStore::stored))
                .sorted(Comparator.comparing(Offer::name).thenComparing(offer -> Version.parseVersion(offer.version())))
                .toList();
    }

    private Offer active(Source<Algorithm> source) {
        String version = source.version().toString();
        return new Offer(
                source.name(),
                version,
                source.bundle(),
                source.bundleId(),
                directory.users(source.reference()),
                "active",
                vault.find(source.bundle(), version).map(Stored::sha256).orElse(""));
    }

    private static Stream<Offer> stored(Stored bundle) {
        return bundle.algorithms().stream()
                .map(name -> new Offer(
                        name, bundle.version().toString(), bundle.symbolicName(), -1, 0, "stored", bundle.sha256()));
    }

    @Override
    public List<Retired> retired() {
        return departures.all();
    }

    @Override
    public List<String> why(String bundle) {
        return inquiry.why(bundle);
    }

    @Override
    public List<Offer> add(URI location) {
        return take(BundleFile.read(location, ""));
    }

    @Override
    public List<Offer> add(URI location, String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new RefusedException("a SHA-256 is written as 64 hexadecimal digits, not '" + sha256 + "'");
        }
        return take(BundleFile.read(location, sha256));
    }

    private List<Offer> take(BundleFile file) {
        vault.find(file.symbolicName(), file.version().toString())
                .filter(kept -> !kept.contents().equals(file.contents()))
                .filter(kept -> installer
                        .installed(kept.symbolicName(), kept.version().toString())
                        .isEmpty())
                .ifPresent(kept -> {
                    throw Installer.otherContents(file);
                });
        Bundle bundle = installer.bring(file, fresh -> vault.keep(file));
        return algorithms.of(bundle).stream().map(this::active).toList();
    }
}
