package ioverlay.observer.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of the page, in memory: as it is, and packed where that is shorter by a tenth. */
final class PageFile {
    /** Below this packing does not pay. */
    private static final int LEAST_PACKED = 1024;

    final String type;
    final byte[] plain;
    final byte @Nullable [] packed;
    final String digest;

    PageFile(String type, byte[] plain) throws IOException {
        this.type = type;
        this.plain = plain;
        byte[] shorter = gzip(plain);
        this.packed = plain.length >= LEAST_PACKED && shorter.length < plain.length * 0.9 ? shorter : null;
        this.digest = digest(plain);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(sha, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
