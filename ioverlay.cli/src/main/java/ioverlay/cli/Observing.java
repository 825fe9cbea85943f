package ioverlay.cli;

import ioverlay.api.NodeId;
import ioverlay.api.observer.Observatory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Opens the observer in this container, with its page, or points the container's nodes to one elsewhere.
 *
 * <p><b>Threads:</b> one.
 */
final class Observing implements Up.Watching {
    private static final String OBSERVER = "ioverlay.observer";
    private static final String AGENT = "ioverlay.agent";
    private static final int REACH_MS = 1000;

    private final Services services;
    private final WebBundles bundles;
    private final Ticker ticker;
    private final PrintStream err;

    /**
     * Takes what it needs.
     *
     * @param err where a repair is told
     */
    Observing(Services services, WebBundles bundles, Ticker ticker, PrintStream err) {
        this.services = services;
        this.bundles = bundles;
        this.ticker = ticker;
        this.err = err;
    }

    @Override
    public Watched begin(Optional<Endpoint> elsewhere, Optional<ObserverOptions> embedded, Path directory)
            throws IOException, InterruptedException {
        if (elsewhere.isPresent()) {
            return point(elsewhere.get(), embedded.isPresent());
        }
        return embedded.isPresent() ? open(embedded.get(), directory) : Watched.NOT;
    }

    private Watched point(Endpoint elsewhere, boolean wantsPage) throws IOException, InterruptedException {
        configure(AGENT, Map.of("observer", elsewhere.toString()));
        List<String> sentences = new ArrayList<>();
        if (!isReached(elsewhere)) {
            sentences.add("No observer answers at " + elsewhere + " yet. The nodes register as soon as one does.");
        }
        if (wantsPage) {
            sentences.add("There is no page here: the observer at " + elsewhere + " shows the nodes on its own.");
        }
        return new Watched(
                Optional.empty(),
                Optional.of(NodeId.parse(elsewhere.toString())),
                sentences,
                Watched.NOT.registration());
    }

    private static boolean isReached(Endpoint elsewhere) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(elsewhere.address(), elsewhere.port()), REACH_MS);
            return true;
        } catch (IOException e) {
            return false; // nobody listens there, which is all that was asked
        }
    }

    private Watched open(ObserverOptions options, Path directory) throws IOException, InterruptedException {
        LastAddresses last = LastAddresses.in(directory);
        Endpoint listen = last.prefer("observer", options.listen(), "--listen");
        Endpoint web = last.prefer("web", options.web(), "--web");
        WebServer server = new WebServer(web, ticker);
        server.prepare();
        Optional<ConsoleAccess> console = options.console() ? Optional.of(ConsoleAccess.make()) : Optional.empty();
        console.ifPresent(ConsoleAccess::prepare);
        configure(OBSERVER, settings(options, listen, server.page(), directory.resolve("observer")));
        bundles.start();
        NodeId listens =
                services.one(Observatory.class, "The observer has not opened").listens();
        configure(AGENT, Map.of("observer", listens.toString()));
        server.await("api/nodes", this::repair);
        server.await("", this::repair);
        List<String> sentences = new ArrayList<>();
        if (console.isPresent()) {
            bundles.startConsole();
            console.get().check(server);
            sentences.add(console.get().sentence(server.page()));
        }
        last.keep(Map.of("observer", listens.toString(), "web", web.toString()));
        return new Watched(
                Optional.of(server.page()),
                Optional.of(listens),
                sentences,
                nodes -> new Roll(server.page(), ticker).await(nodes));
    }

    @Override
    public void end() {
        // An interrupt that ends the command would end the stopping of bundles too.
        boolean interrupted = Thread.interrupted();
        bundles.stop();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void repair() {
        err.println("The web server answered 404 to what is there (FELIX-6828), and is started again.");
        bundles.restartServer();
    }

    private static Map<String, Object> settings(ObserverOptions options, Endpoint listen, URI page, Path data) {
        return Map.of(
                "listen", listen.toString(),
                "data", data.toString(),
                "bootNodes", options.bootNodes(),
                "pollMillis", options.pollMillis(),
                "keepHours", options.keepHours(),
                "web", page.toString());
    }

    @SuppressWarnings("JdkObsolete") // what ConfigurationAdmin takes
    private void configure(String pid, Map<String, Object> properties) throws IOException, InterruptedException {
        Dictionary<String, Object> values = new Hashtable<>(properties);
        services.one(ConfigurationAdmin.class).getConfiguration(pid, "?").update(values);
    }
}
