package ioverlay.observer.repository;

import ioverlay.observer.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
     * @throws Problem 413 if there is more
     * @throws IOException if the sender or the disk ends it before
     */
    static Incoming receive(InputStream sent, Path folder, long mostBytes) throws IOException {
        Incoming incoming = new Incoming(Files.createTempFile(folder, "upload-", UNFINISHED));
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
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int read = sent.read(buffer); read >= 0; read = sent.read(buffer)) {
                bytes += read;
                if (bytes > mostBytes) {
                    throw new Problem(413, "a bundle has at most " + mostBytes + " bytes, which is less than was sent");
                }
                digest.update(buffer, 0, read);
                ByteBuffer rest = ByteBuffer.wrap(buffer, 0, read);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
            }
            out.force(true);
        }
        sha256 = HexFormat.of().formatHex(digest.digest());
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

    private static MessageDigest sha256Digest() {
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
