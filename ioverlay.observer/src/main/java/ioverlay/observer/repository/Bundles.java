package ioverlay.observer.repository;

import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.observer.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * The bundles that were uploaded, each in a file {@code SHA256.jar} of one folder. What is in which file is found out by
 * reading them, so nothing else needs to be written; what was half sent leaves nothing.
 *
 * <p><b>Threads:</b> any.
 */
public final class Bundles {
    /** The most bundles that are kept. */
    public static final int MAX_BUNDLES = 1000;

    /** The most bytes that all of them have together. */
    public static final long MAX_BYTES = 1L << 30;

    /** The most uploads at the same time. */
    public static final int MAX_UPLOADS = 4;

    private static final Logger LOG = System.getLogger(Bundles.class.getName());
    private static final String JAR = ".jar";

    private final Path folder;
    private final Semaphore uploads = new Semaphore(MAX_UPLOADS);
    private final Map<String, Kept> index = new TreeMap<>();

    private Bundles(Path folder) {
        this.folder = folder;
    }

    /** What became of an upload. */
    record Upload(Kept kept, boolean isNew) {}

    /**
     * Keeps them in this folder, those that are there included. What is half there is removed, what is damaged set aside.
     *
     * @throws IOException if the folder cannot be read or made
     */
    public static Bundles open(Path folder) throws IOException {
        Bundles bundles = new Bundles(Files.createDirectories(folder));
        bundles.sweep();
        return bundles;
    }

    private void sweep() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(files::add);
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(Incoming.UNFINISHED)) {
                Files.delete(file);
            } else if (name.endsWith(JAR)) {
                enter(file, name.substring(0, name.length() - JAR.length()));
            }
        }
    }

    private void enter(Path file, String sha256) throws IOException {
        try {
            String found = Incoming.digest(file);
            if (!found.equals(sha256)) {
                throw new RefusedException("its SHA-256 is " + found);
            }
            Instant uploaded = Files.getLastModifiedTime(file).toInstant();
            index.put(sha256, new Kept(file, sha256, Files.size(file), uploaded, Inspection.of(file)));
        } catch (RefusedException e) {
            LOG.log(Level.WARNING, "the bundle {0} is set aside: {1}", file, e.getMessage());
            Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Reads a bundle to its end, checks it, and keeps it.
     *
     * @throws Problem 413 if it is too large, 422 if it cannot be kept, 409 if its version is there with other bytes, 503 if too many
     *     are on their way, 507 if there is no room or the disk refuses it
     * @throws IOException if it is not sent to its end
     */
    Upload keep(InputStream sent) throws IOException {
        if (!uploads.tryAcquire()) {
            throw new Problem(503, "at most " + MAX_UPLOADS + " bundles are uploaded at a time");
        }
        try (Incoming incoming = Incoming.receive(sent, folder, Repository.MAX_BUNDLE_BYTES)) {
            return keep(incoming);
        } catch (RefusedException e) {
            throw new Problem(422, String.valueOf(e.getMessage()));
        } finally {
            uploads.release();
        }
    }

    private Upload keep(Incoming incoming) {
        Kept there = find(incoming.sha256());
        try {
            return there != null ? new Upload(there, false) : enter(incoming, Inspection.of(incoming.file()));
        } catch (IOException e) {
            throw Incoming.refused(e); // all of it had come: what fails now is the disk
        }
    }

    private synchronized @Nullable Kept find(String sha256) {
        return index.get(sha256);
    }

    private synchronized Upload enter(Incoming incoming, Kept.Facts facts) throws IOException {
        Kept twin = index.get(incoming.sha256());
        if (twin != null) {
            return new Upload(twin, false); // the same was sent twice at the same time
        }
        for (Kept other : index.values()) {
            requireAnother(other.facts(), facts);
        }
        requireRoom(incoming.bytes());
        Path file = incoming.keepAs(folder.resolve(incoming.sha256() + JAR));
        Instant uploaded = Files.getLastModifiedTime(file).toInstant();
        Kept kept = new Kept(file, incoming.sha256(), incoming.bytes(), uploaded, facts);
        index.put(kept.sha256(), kept);
        return new Upload(kept, true);
    }

    private static void requireAnother(Kept.Facts other, Kept.Facts facts) {
        if (!other.version().equals(facts.version())) {
            return;
        }
        if (other.bundle().equals(facts.bundle())) {
            throw new Problem(409, facts + " is kept already with other bytes: bump the version");
        }
        facts.algorithms().stream()
                .filter(other.algorithms()::contains)
                .findFirst()
                .ifPresent(algorithm -> {
                    throw new Problem(
                            409,
                            "the algorithm " + algorithm + " " + facts.version() + " is in the bundle " + other
                                    + " already, and cannot come from " + facts.bundle() + " too");
                });
    }

    private void requireRoom(long bytes) {
        long all = bytes + index.values().stream().mapToLong(Kept::bytes).sum();
        if (index.size() >= MAX_BUNDLES || all > MAX_BYTES) {
            throw new Problem(
                    507,
                    "the repository holds at most " + MAX_BUNDLES + " bundles and " + MAX_BYTES
                            + " bytes, and another one with " + bytes + " bytes has no room");
        }
    }

    /** All that are kept, by name, then by version. */
    public synchronized List<Kept> all() {
        return index.values().stream()
                .sorted(Comparator.comparing((Kept kept) -> kept.facts().bundle())
                        .thenComparing(kept -> kept.facts().version()))
                .toList();
    }

    /** The one with that algorithm in that version. */
    public synchronized Optional<Kept> offering(String algorithm, Version version) {
        return index.values().stream()
                .filter(kept -> kept.facts().offers(algorithm, version))
                .findFirst();
    }
}
