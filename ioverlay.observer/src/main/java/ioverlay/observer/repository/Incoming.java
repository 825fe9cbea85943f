package ioverlay.observer.repository;

import ioverlay.observer.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file under a name that says it is not finished; gone when this is closed, unless it was kept. */
final class Incoming implements AutoCloseable {
    /** How such names end. */
    static final String UNFINISHED = ".part";

    private static final Logger LOG = System.getLogger(Incoming.class.getName());
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path file;
    private long bytes;
    private String sha256 = "";

    private Incoming(Path file) {
        this.file = file;
    }

    /**
     * Reads to the end.
     *
     * @throws Problem 413 if there is more, 507 if the disk refuses it
     * @throws IOException if the sender ends it before
     */
    static Incoming receive(InputStream sent, Path folder, long mostBytes) throws IOException {
        Path file;
        try {
            file = Files.createTempFile(folder, "upload-", UNFINISHED);
        } catch (IOException e) {
            throw refused(e);
        }
        return receiveInto(file, sent, mostBytes);
    }

    /** The same into a file that is there. */
    static Incoming receiveInto(Path file, InputStream sent, long mostBytes) throws IOException {
        Incoming incoming = new Incoming(file);
        boolean whole = false;
        try {
            incoming.read(sent, mostBytes);
            whole = true;
            return incoming;
        } finally {
            if (!whole) {
                incoming.close();
            }
        }
    }

    private void read(InputStream sent, long mostBytes) throws IOException {
        MessageDigest digest = sha256Digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OnDisk out = new OnDisk(file)) {
            for (int read = sent.read(buffer); read >= 0; read = sent.read(buffer)) {
                bytes += read;
                if (bytes > mostBytes) {
                    throw new Problem(413, "a bundle has at most " + mostBytes + " bytes, which is less than was sent");
                }
                digest.update(buffer, 0, read);
                out.write(ByteBuffer.wrap(buffer, 0, read));
            }
            out.force();
        }
        sha256 = HexFormat.of().formatHex(digest.digest());
    }

    /** What the disk says, told apart from what becomes of the sender. */
    static Problem refused(IOException e) {
        LOG.log(Level.WARNING, "an upload cannot be written", e);
        String reason = e instanceof FileSystemException file && file.getReason() == null
                ? e.getClass().getSimpleName()
                : String.valueOf(e.getMessage());
        return new Problem(507, "the observer's disk does not take the bundle: " + reason + "; nothing of it was kept");
    }

    /** The file, as it is written; what the disk refuses is a {@link Problem}. */
    private static final class OnDisk implements AutoCloseable {
        private final FileChannel file;

        OnDisk(Path path) {
            try {
                file = FileChannel.open(path, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw refused(e);
            }
        }

        void write(ByteBuffer bytes) {
            try {
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException e) {
                throw refused(e);
            }
        }

        void force() {
            try {
                file.force(true);
            } catch (IOException e) {
                throw refused(e);
            }
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw refused(e);
            }
        }
    }

    /** Of a file that is there. */
    static String digest(Path file) throws IOException {
        MessageDigest digest = sha256Digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    Path file() {
        return file;
    }

    long bytes() {
        return bytes;
    }

    String sha256() {
        return sha256;
    }

    /** Gives it its name, durably. */
    Path keepAs(Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(name.resolveSibling(""), StandardOpenOption.READ)) {
            names.force(true);
        }
        return name;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
