package ioverlay.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 over files by name: the same for the same contents, whatever order and compression they were packed in. */
final class Fingerprint {
    private final Map<String, String> files = new TreeMap<>();

    void add(String name, byte[] content) {
        files.put(name, of(content));
    }

    /** SHA-256 over bytes, in hexadecimal. */
    static String of(byte[] bytes) {
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
