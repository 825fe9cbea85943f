package ioverlay.scenario.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** An observer's REST interface over containers that only remember what they were told. */
final class FakeObserver implements AutoCloseable {
    private static final String EVENTS = """
            id: 7
            event: log
            data: {"kind":"swap","node":"127.0.0.1:7001","sentence":"it is"}

            event: log
            data: {"kind":"swap","node":"127.0.0.1:9999","sentence":"another's"}

            """;

    final List<String> told = new CopyOnWriteArrayList<>();

    /** Containers without a line: whatever goes to them is answered with 503. */
    final Set<String> cut = ConcurrentHashMap.newKeySet();

    /** What state a rollout says it is in; the next time it is returned. */
    final AtomicReference<String> rollout = new AtomicReference<>("running");

    /** Container by node. */
    final Map<String, String> nodes = new ConcurrentHashMap<>();

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final List<String> containers;
    private final HttpServer server;

    FakeObserver(String... containers) throws IOException {
        this.containers = List.of(containers);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI at() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.equals("/api/events")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(EVENTS.getBytes(UTF_8));
            exchange.close();
            return;
        }
        JsonObject answer = new JsonObject();
        int status = 200;
        if (path.equals("/api/containers")) {
            answer.add("containers", containers());
        } else if (path.equals("/api/algorithms")) {
            told.add("upload " + body.length);
            answer.addProperty("sha256", "abc");
        } else if (path.startsWith("/api/rollouts")) {
            told.add(path + " " + new String(body, UTF_8));
            answer.addProperty("id", 3);
            answer.addProperty("state", rollout.getAndSet("returned"));
            answer.addProperty("sentence", "so it goes");
        } else {
            status = obeyed(
                    path.split("/"),
                    JsonParser.parseString(new String(body, UTF_8)).getAsJsonObject(),
                    answer);
        }
        byte[] text = answer.toString().getBytes(UTF_8);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private JsonArray containers() {
        JsonArray all = new JsonArray();
        int n = 0;
        for (String id : containers) {
            all.add(JsonParser.parseString(
                    "{\"id\":\"%s\",\"host\":\"here\",\"pid\":%d,\"since\":\"2026-11-23T04:00:%02dZ\",\"nodes\":%s}"
                            .formatted(id, n, n, id.startsWith("bare") ? "[]" : "[\"127.0.0.1:1\"]")));
            n++;
        }
        return all;
    }

    /** {@code ["", "api", kind, id, what]}. */
    private int obeyed(String[] path, JsonObject order, JsonObject answer) {
        String container = path[2].equals("nodes") ? nodes.get(path[3]) : path[3];
        if (container == null) {
            answer.addProperty("detail", "no node '" + path[3] + "' has registered here");
            return 404;
        }
        if (cut.contains(container)) {
            answer.addProperty("detail", "there is no line to a container '" + container + "' now");
            return 503;
        }
        told.add(container + " " + path[3] + " " + order);
        if (order.has("sha256")) {
            return 200;
        }
        switch (order.get("do").getAsString()) {
            case "algorithms" ->
                answer.add(
                        "result",
                        JsonParser.parseString("{\"algorithms\":[{\"name\":\"relay\",\"version\":\"1.0.0\"}]}"));
            case "types" -> answer.add("result", JsonParser.parseString("{\"applications\":[\"sink.counting\"]}"));
            case "create" -> {
                String name = order.get("name").getAsString();
                if (name.equals("taken")) {
                    answer.addProperty("detail", "there is a node 'taken' already");
                    return 409;
                }
                String id = "127.0.0.1:" + order.get("port").getAsInt();
                nodes.put(id, container);
                names.put(id, name);
                answer.add("result", status(id));
            }
            case "remove", "kill" -> nodes.remove(path[3]);
            case "status" -> answer.add("result", status(path[3]));
            case "swap" ->
                answer.add(
                        "result",
                        JsonParser.parseString("{\"outcome\":\"SWITCHED\",\"sentence\":\"it did\",\"from\":\"1.0.0\","
                                + "\"to\":\"1.1.0\",\"pauseMicros\":12}"));
            default -> answer.add("result", new JsonObject());
        }
        return 200;
    }

    private JsonObject status(String id) {
        return new NodeStatus(
                        names.getOrDefault(id, "?"),
                        NodeId.parse(id),
                        5,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of("c", 1L),
                        new PauseStatus(0, 0, 0, 0))
                .toJson();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
