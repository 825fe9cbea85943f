package ioverlay.itest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.observer.Rollouts;
import ioverlay.api.observer.Uploads;
import ioverlay.observer.fleet.FleetSettings;
import ioverlay.observer.fleet.Reception;
import ioverlay.observer.fleet.Switchboard;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Retention;
import ioverlay.observer.rollout.Deployment;
import ioverlay.observer.web.Problem;
import ioverlay.observer.web.Request;
import ioverlay.observer.web.Resource;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An observer without a web server and without a framework: its line, its repository, its rollouts. Also a process of its own, made to be
 * killed: it says where it listens ({@code AT}), and each change of a rollout ({@code ROLLOUT}); it takes requests, one a line
 * ({@code METHOD PATH BODY}; an upload's body is a file's name), and answers each ({@code ANSWER STATUS JSON}). It ends with its input.
 *
 * <p>Arguments: its directory; where to listen, a loopback address and a port.
 */
final class ObserverOfRollouts implements AutoCloseable {
    private final Map<String, Resource> resources = new HashMap<>();
    private final Switchboard board;
    private final Reception reception;
    private final History history;
    private final Deployment deployment;

    /** At any free port. */
    ObserverOfRollouts(Path directory, Consumer<JsonObject> told) throws IOException {
        this(directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), told);
    }

    private ObserverOfRollouts(Path directory, InetSocketAddress where, Consumer<JsonObject> told) throws IOException {
        Files.createDirectories(directory);
        board = new Switchboard(new FleetSettings(8, 1_000), Optional.of(directory.resolve("heard.json")));
        reception = Reception.open(where, board);
        history = new History(directory, Retention.USUAL, Clock.systemUTC());
        deployment = Deployment.open(
                directory,
                board,
                history.documents(),
                history::add,
                (method, path, resource, queries) -> resources.put(method + " " + path, resource),
                (event, data) -> told.accept(data));
    }

    /** Where containers reach it. */
    NodeId listens() {
        return reception.listens();
    }

    /** For a shell. */
    Rollouts rollouts() {
        return deployment.rollouts();
    }

    /** The same for bundles. */
    Uploads uploads() {
        return deployment.uploads();
    }

    /** How many have registered and said what they run. */
    int nodes() {
        return (int) board.members().stream()
                .filter(member -> member.status().has("slots"))
                .count();
    }

    /** What a resource answers, status first. */
    String request(String method, String path, byte[] body) throws IOException {
        Asked asked = new Asked(path.replaceAll(".*/(\\d+)(/.*)?", "$1"), body);
        String route = method + " " + path.replaceAll("/\\d+", "/{id}");
        try {
            var answer = resources.get(route).answer(asked);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.body().writeTo(out);
            return answer.status() + " " + out.toString(UTF_8);
        } catch (Problem e) {
            return e.status() + " " + e.getMessage();
        }
    }

    private static final class Asked implements Request {
        private final String id;
        private final byte[] sent;

        Asked(String id, byte[] sent) {
            this.id = id;
            this.sent = sent;
        }

        @Override
        public String path(String name) {
            return id;
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public String who() {
            return "test";
        }

        @Override
        public JsonObject json(int most) {
            return JsonParser.parseString(new String(sent, UTF_8)).getAsJsonObject();
        }

        @Override
        public InputStream body(long most) {
            return new ByteArrayInputStream(sent);
        }
    }

    @Override
    public void close() {
        deployment.close();
        reception.close();
        board.close();
        history.close();
    }

    public static void main(String[] arguments) throws Exception {
        try (ObserverOfRollouts observer = new ObserverOfRollouts(
                        Path.of(arguments[0]),
                        NodeId.parse(arguments[1]).socketAddress(),
                        data -> say("ROLLOUT " + data));
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            say("AT " + observer.listens());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                boolean isUpload = line.startsWith("POST /api/algorithms");
                byte[] body = isUpload ? Files.readAllBytes(Path.of(words[2])) : words[2].getBytes(UTF_8);
                say("ANSWER " + observer.request(words[0], words[1], body));
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
