package ioverlay.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Felix's Jetty: how it is set up, and whether it answers.
 *
 * <p>It reads framework properties before ConfigAdmin, so that it starts once, with its limits. Version 1.1.8 may after a
 * race at its start answer 404 for ever to what is registered (FELIX-6828): who needs a page asks for it before saying
 * that it is there.
 *
 * <p><b>Threads:</b> one.
 */
final class WebServer {
    private static final Map<String, String> LIMITS = Map.ofEntries(
            Map.entry("org.apache.felix.http.jetty.threadpool.max", "64"),
            Map.entry("org.apache.felix.http.jetty.acceptors", "1"),
            Map.entry("org.apache.felix.http.jetty.selectors", "1"),
            Map.entry("org.apache.felix.http.jetty.acceptQueueSize", "64"),
            Map.entry("org.apache.felix.http.jetty.headerBufferSize", "8192"),
            Map.entry("org.apache.felix.http.jetty.maxFormSize", "10000"),
            Map.entry("org.apache.felix.http.jetty.sendServerHeader", "false"),
            Map.entry("org.apache.felix.http.timeout", "30000"),
            Map.entry("org.apache.felix.http.session.timeout", "10"),
            Map.entry("org.apache.felix.http.mbeans", "false"),
            // None: the observer has ended and answered before; waiting for a browser fails.
            Map.entry("org.apache.felix.jetty.stopTimeout", "0"));

    /** Who tells at every start how it begins. Held here, since the JVM forgets the level of a logger that nobody holds. */
    private static final List<Logger> TALKATIVE = List.of(
            Logger.getLogger("org.apache.aries.spifly"),
            Logger.getLogger("org.apache.felix.http"),
            Logger.getLogger("org.apache.felix.webconsole"),
            Logger.getLogger("org.eclipse.jetty"));

    /** How long the page may take to answer from the start, and when a 404 is no longer taken for a beginning. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration BEGINNING = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int ANSWER_MS = 5000;

    private final Endpoint endpoint;
    private final Ticker ticker;

    WebServer(Endpoint endpoint, Ticker ticker) {
        this.endpoint = endpoint;
        this.ticker = ticker;
    }

    /** Says how it is to be, before its bundle starts. */
    void prepare() {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        LIMITS.forEach(System::setProperty);
        System.setProperty("org.apache.felix.http.host", endpoint.address());
        System.setProperty("org.osgi.service.http.port", Integer.toString(endpoint.port()));
    }

    /** The page, with a slash at the end. */
    URI page() {
        return URI.create("http://" + endpoint + "/");
    }

    /**
     * Waits until a path answers 200. If it answers 404 for too long, the server is started again, once.
     *
     * @param path below the page
     * @param restart starts the server again, and says so
     * @throws FailedException if it does not answer in time, with what it answered
     */
    void await(String path, Runnable restart) throws InterruptedException {
        await(path, "", restart);
    }

    /** The same with credentials, as the header has them. */
    void await(String path, String credentials, Runnable restart) throws InterruptedException {
        Logger dispatcher = Logger.getLogger("org.apache.felix.http");
        // The console registers its servlets again while it is set up: who asks just then is no failure to tell of.
        dispatcher.setLevel(Level.OFF);
        try {
            awaitAnswer(path, credentials, restart);
        } finally {
            dispatcher.setLevel(Level.WARNING);
        }
    }

    private void awaitAnswer(String path, String credentials, Runnable restart) throws InterruptedException {
        long began = ticker.now();
        boolean restarted = false;
        String answer = status(path, credentials);
        while (!answer.equals("200") && ticker.now() - began < PATIENCE.toNanos()) {
            if (answer.equals("404") && !restarted && ticker.now() - began >= BEGINNING.toNanos()) {
                restarted = true;
                restart.run();
            }
            ticker.pause(LOOK_EVERY);
            answer = status(path, credentials);
        }
        if (!answer.equals("200")) {
            throw new FailedException("The page does not come up: " + page().resolve(path) + " answers " + answer
                    + " after " + PATIENCE.toSeconds() + " s");
        }
    }

    /** The status of an answer, or why there is none. */
    String status(String path, String credentials) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) page().resolve(path).toURL().openConnection();
            if (!credentials.isEmpty()) {
                connection.setRequestProperty("Authorization", credentials);
            }
            connection.setConnectTimeout(ANSWER_MS);
            connection.setReadTimeout(ANSWER_MS);
            connection.setInstanceFollowRedirects(false);
            try {
                return Integer.toString(connection.getResponseCode());
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return "nothing (" + Reason.text(e) + ")";
        }
    }
}
