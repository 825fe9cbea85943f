package ioverlay.app;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that tells whether a file is intact. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
