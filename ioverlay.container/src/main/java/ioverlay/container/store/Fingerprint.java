package ioverlay.container.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 over files by name: the same for the same contents, whatever order and compression they were packed in. */
public final class Fingerprint {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Map<String, String> files = new TreeMap<>();

    /**
     * Adds a file, read to its end.
     *
     * @param mostBytes it may have
     * @return how many it has
     * @throws IOException if it cannot be read or has more
     */
    public long add(String name, InputStream content, long mostBytes) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            bytes += read;
            if (bytes > mostBytes) {
                throw new IOException(name + " unpacks to more than " + mostBytes + " bytes");
            }
            digest.update(buffer, 0, read);
        }
        files.put(name, HexFormat.of().formatHex(digest.digest()));
        return bytes;
    }

    /** SHA-256 over bytes, in hexadecimal. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    @Override
    public String toString() {
        MessageDigest all = sha256();
        files.forEach((name, digest) -> {
            all.update(name.getBytes(UTF_8));
            all.update((byte) 0);
            all.update(digest.getBytes(UTF_8));
        });
        return HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
