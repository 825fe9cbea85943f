package ioverlay.container.store;

import ioverlay.api.container.RefusedException;
import ioverlay.container.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a {@link Vault}. A file is either whole under its name or not there: it is written under another name,
 * forced to disk, and renamed.
 *
 * @param directory that exists
 */
record VaultFolder(Path directory) {
    private static final Logger LOG = System.getLogger(VaultFolder.class.getName());
    private static final String JAR = ".jar";
    private static final String UNFINISHED = ".part";
    private static final String DAMAGED = ".damaged";

    boolean has(String sha256) {
        return Files.isRegularFile(path(sha256));
    }

    private Path path(String sha256) {
        return directory.resolve(sha256 + JAR);
    }

    void write(BundleFile file) throws IOException {
        if (has(file.sha256())) {
            return;
        }
        Path part = directory.resolve(file.sha256() + UNFINISHED);
        try (InputStream in = file.open();
                FileChannel out = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(part, path(file.sha256()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force();
    }

    /** Makes names durable. */
    private void force() throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /**
     * Reads a file whose bytes still are what its name says.
     *
     * @throws IOException if it is gone or damaged
     */
    BundleFile read(String sha256) throws IOException {
        BundleFile file;
        try {
            file = BundleFile.of(Files.readAllBytes(path(sha256)), path(sha256).toString());
        } catch (RefusedException e) {
            throw new IOException(Reason.of(e), e);
        }
        if (!file.sha256().equals(sha256)) {
            throw new IOException(path(sha256) + " is damaged: its SHA-256 is " + file.sha256());
        }
        return file;
    }

    void delete(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
        force();
    }

    /** Removes what was never finished, sets aside what is damaged, and reads the rest. */
    List<BundleFile> sweep() throws IOException {
        List<BundleFile> whole = new ArrayList<>();
        for (Path path : files()) {
            String name = path.getFileName().toString();
            if (name.endsWith(UNFINISHED)) {
                Files.delete(path);
            } else if (name.endsWith(JAR)) {
                try {
                    whole.add(read(name.substring(0, name.length() - JAR.length())));
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "a stored bundle is set aside: {0}", Reason.of(e));
                    Files.move(path, path.resolveSibling(name + DAMAGED), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return whole;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            all.forEach(files::add);
        }
        files.sort(null);
        return files;
    }
}
