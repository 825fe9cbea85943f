package ioverlay.container.store;

import ioverlay.api.container.RefusedException;
import ioverlay.container.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the bytes of bundles, each in a file {@code SHA256.jar}. What is in which file is found out by reading them, so
 * nothing else needs to be written. Until it is told a directory, the files lie in a temporary one that goes away with it.
 *
 * <p><b>Threads:</b> any; one at a time.
 */
public final class Vault implements AutoCloseable {
    /** The most bundles that are kept. */
    public static final int MAX_BUNDLES = 1000;

    /** The most bytes that all of them have together in a directory that was told. */
    public static final long MAX_BYTES = 1L << 30;

    /** The most bytes in a temporary directory. */
    public static final long MAX_TEMPORARY_BYTES = 256L << 20;

    private static final Logger LOG = System.getLogger(Vault.class.getName());

    private final Map<String, Stored> index = new TreeMap<>();
    private Optional<VaultFolder> folder = Optional.empty();
    private boolean temporary = true;

    /** Keeps a bundle; one that is kept already stays as it is, and another of its name and version gives way to it. */
    public synchronized Stored keep(BundleFile file) {
        Stored there = index.get(file.sha256());
        if (there != null && folder.isPresent() && folder.get().has(file.sha256())) {
            return there;
        }
        Stored stored = Stored.of(file);
        requireRoom(stored);
        try {
            folder().write(file);
        } catch (IOException e) {
            throw new RefusedException("the bundle " + file + " cannot be stored: " + Reason.of(e), e);
        }
        List<Stored> twins = index.values().stream()
                .filter(other ->
                        isTwin(other, stored.symbolicName(), stored.version().toString()))
                .toList();
        index.put(stored.sha256(), stored);
        twins.forEach(this::drop);
        return stored;
    }

    private void requireRoom(Stored stored) {
        long most = temporary ? MAX_TEMPORARY_BYTES : MAX_BYTES;
        long bytes = index.values().stream().mapToLong(Stored::bytes).sum() + stored.bytes();
        if (index.size() >= MAX_BUNDLES || bytes > most) {
            throw new RefusedException("the store holds at most " + MAX_BUNDLES + " bundles and " + most
                    + " bytes, and " + stored + " with its " + stored.bytes() + " bytes has no room");
        }
    }

    private VaultFolder folder() throws IOException {
        if (folder.isEmpty()) {
            folder = Optional.of(new VaultFolder(Files.createTempDirectory("ioverlay-bundles-")));
        }
        return folder.get();
    }

    /** All that is kept, by name, then by version. */
    public synchronized List<Stored> all() {
        return index.values().stream()
                .sorted(Comparator.comparing(Stored::symbolicName).thenComparing(Stored::version))
                .toList();
    }

    /** The one of that name and version. */
    public synchronized Optional<Stored> find(String symbolicName, String version) {
        return index.values().stream()
                .filter(stored -> isTwin(stored, symbolicName, version))
                .findFirst();
    }

    private static boolean isTwin(Stored stored, String symbolicName, String version) {
        return stored.symbolicName().equals(symbolicName)
                && stored.version().toString().equals(version);
    }

    /**
     * Takes a bundle out again.
     *
     * @throws RefusedException if its file is gone or damaged; it is then no longer kept
     */
    public synchronized BundleFile open(Stored stored) {
        try {
            return folder().read(stored.sha256());
        } catch (IOException e) {
            index.remove(stored.sha256());
            throw new RefusedException("the stored bundle " + stored + " cannot be read: " + Reason.of(e), e);
        }
    }

    private void drop(Stored stored) {
        index.remove(stored.sha256());
        try {
            folder().delete(stored.sha256());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the stored bundle {0} cannot be removed: {1}", stored, Reason.of(e));
        }
    }

    /**
     * From now on keeps everything in this directory, what is kept already included. What is in the directory and is
     * damaged is set aside.
     *
     * @throws IOException if it cannot be read or written; everything stays where it is
     */
    public synchronized void moveTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        VaultFolder next = new VaultFolder(directory);
        List<BundleFile> found = next.sweep();
        for (Stored stored : index.values()) {
            next.write(folder().read(stored.sha256()));
        }
        found.forEach(file -> {
            if (find(file.symbolicName(), file.version().toString()).isEmpty()) {
                index.put(file.sha256(), Stored.of(file));
            }
        });
        removeTemporary();
        folder = Optional.of(next);
        temporary = false;
    }

    /** Removes the temporary directory; idempotent. */
    @Override
    public synchronized void close() {
        removeTemporary();
    }

    private void removeTemporary() {
        if (!temporary || folder.isEmpty()) {
            return;
        }
        Path directory = folder.get().directory();
        try {
            List<Path> files = new ArrayList<>();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
                all.forEach(files::add);
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be removed: {1}", directory, Reason.of(e));
        }
        folder = Optional.empty();
    }
}
