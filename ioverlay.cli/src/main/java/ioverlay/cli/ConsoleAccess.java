package ioverlay.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The one account of the Felix Web Console: a password that nobody chose, told once at the start and valid until the end.
 * The console's own default, which everybody knows, is never in force: this is set before it starts.
 */
final class ConsoleAccess {
    private static final String PATH = "system/console/bundles";
    private static final String USER = "overlay";
    private static final int PASSWORD_BYTES = 15;

    private final String password;

    private ConsoleAccess(String password) {
        this.password = password;
    }

    static ConsoleAccess make() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return new ConsoleAccess(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Says who may use it, before its bundle starts. */
    void prepare() {
        System.setProperty("felix.webconsole.username", USER);
        System.setProperty("felix.webconsole.password", hashed());
    }

    private String hashed() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
            return "{sha-256}" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Waits until it answers, and sees that it lets in nobody else.
     *
     * @throws FailedException if it does not answer, or lets in who has no password or the well-known one
     */
    void check(WebServer server) throws InterruptedException {
        server.await(PATH, credentials(USER, password), () -> {});
        for (String stranger : new String[] {"", credentials("admin", "admin")}) {
            String answer = server.status(PATH, stranger);
            if (!answer.equals("401")) {
                throw new FailedException("The Felix Web Console is not safe: to a stranger it answers " + answer);
            }
        }
    }

    private static String credentials(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    String sentence(URI page) {
        return "console " + page.resolve("system/console") + " (user " + USER + ", password " + password
                + ", until this container ends)";
    }
}
