package ioverlay.scenario.hosts;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.hosts.Homes.Home;
import ioverlay.scenario.plan.Verb;
import ioverlay.scenario.run.Effect;
import ioverlay.scenario.run.Steering;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/** Nodes in the containers of an observer: every command goes through its REST interface. */
public final class HostSteering implements Steering {
    /** Beside what the observer itself waits for. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final int SWAP_LIMIT_S = 60;
    private static final int USUAL_PROBATION_S = 5;

    private final ObserverClient client;
    private final Homes homes;
    private final Lines lines = new Lines();

    /** By name; the first to come are the first served. */
    private final Map<String, Seat> seats = new ConcurrentHashMap<>();

    /** Those that may be there now. */
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    private final Map<String, String> left = new ConcurrentHashMap<>();

    /** Why nothing is heard any more. */
    private final CompletableFuture<String> broken = new CompletableFuture<>();

    /** How many nodes have asked for a container by that name. */
    private final Map<String, Integer> turns = new HashMap<>();

    /** Where a node of the run is. */
    private record Seat(Home home, String id) {
        String path() {
            return "api/nodes/" + id + "/commands";
        }
    }

    private HostSteering(ObserverClient client, Homes homes) {
        this.client = client;
        this.homes = homes;
    }

    /**
     * Over the containers that the observer has now.
     *
     * @param observer its address, with a stroke at the end
     * @throws RefusedException if there is no observer, or it has no container
     */
    public static HostSteering over(URI observer) throws InterruptedException {
        ObserverClient client = new ObserverClient(observer);
        try {
            return new HostSteering(client, Homes.of(client, observer.toString()));
        } catch (RefusedException | InterruptedException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public Map<String, Set<Version>> algorithms() throws InterruptedException {
        Map<String, Set<Version>> algorithms = new HashMap<>();
        for (Home home : homes.all()) {
            for (JsonElement offer : told(home, command("algorithms")).getAsJsonArray("algorithms")) {
                JsonObject one = offer.getAsJsonObject();
                algorithms
                        .computeIfAbsent(one.get("name").getAsString(), name -> new HashSet<>())
                        .add(Version.parseVersion(one.get("version").getAsString()));
            }
        }
        return algorithms;
    }

    @Override
    public Set<String> applications() throws InterruptedException {
        Set<String> types = new HashSet<>();
        for (Home home : homes.all()) {
            told(home, command("types")).getAsJsonArray("applications").forEach(type -> types.add(type.getAsString()));
        }
        return types;
    }

    @Override
    public Set<String> containers() {
        return homes.names();
    }

    /** Into the observer's repository, and from there into every container; it stays there. */
    @Override
    public void deploy(Path bundle) throws InterruptedException {
        JsonObject order = new JsonObject();
        order.add("sha256", client.upload(bundle).get("sha256"));
        for (Home home : homes.all()) {
            client.post("api/containers/" + home.id() + "/bundles", order, MARGIN.plusSeconds(SWAP_LIMIT_S));
        }
    }

    @Override
    public void create(NodeSpec spec, String container) throws InterruptedException {
        Home home = home(spec.name(), container);
        // The port may be another one than at an attempt before.
        seats.put(spec.name(), new Seat(home, spec.address() + ":" + spec.port()));
        made.add(spec.name());
        try {
            told(home, Creation.of(spec));
        } catch (RefusedException e) {
            if (!ObserverClient.isUnanswered(e)) {
                made.remove(spec.name());
            }
            throw new RefusedException(home + " makes no node '" + spec.name() + "': " + e.getMessage(), e);
        }
    }

    private synchronized Home home(String node, String container) {
        Seat seat = seats.get(node);
        return seat == null ? homes.home(container, turns.merge(container, 1, Integer::sum) - 1) : seat.home;
    }

    @Override
    public void remove(String node) throws InterruptedException {
        end(node, "remove");
    }

    @Override
    public void kill(String node) throws InterruptedException {
        end(node, "kill");
    }

    private void end(String node, String how) throws InterruptedException {
        if (!made.contains(node)) {
            return;
        }
        Seat seat = seat(node);
        try {
            client.post(seat.path(), command(how));
        } catch (RefusedException e) {
            if (!ObserverClient.isUnknown(e)) {
                left.put(node, e.getMessage() == null ? "" : e.getMessage());
                throw e;
            }
        }
        left.remove(node);
        made.remove(node);
    }

    @Override
    public void start(String node, ApplicationSpec application) throws InterruptedException {
        JsonObject start = command("start");
        start.addProperty("application", Integer.toUnsignedLong(application.application()));
        start.addProperty("type", application.type());
        start.add("settings", application.settings());
        client.post(seat(node).path(), start);
    }

    @Override
    public Effect obey(String node, Verb verb, JsonObject given, Outcome expected) throws InterruptedException {
        if (verb == Verb.ROLLOUT) {
            return new Rollout(client).run(given);
        }
        JsonObject order = command(verb.word());
        given.asMap().forEach(order::add);
        JsonObject result =
                client.post(seat(node).path(), order, limit(verb, given)).getAsJsonObject("result");
        return switch (verb) {
            case SWAP, ROLLBACK ->
                Effect.ofSwap(
                        Outcome.valueOf(text(result, "outcome")),
                        expected,
                        text(result, "sentence"),
                        result.get("pauseMicros").getAsLong(),
                        text(result, "from"),
                        text(result, "to"));
            case SHADOW ->
                Effect.ofShadow(
                        result.get("compared").getAsLong(),
                        result.get("differed").getAsLong(),
                        result.get("failed").getAsLong(),
                        result.get("missed").getAsLong());
            case MEASURE -> measured(result);
            case WHY ->
                Effect.of(result.getAsJsonArray("sentences").asList().stream()
                        .map(JsonElement::getAsString)
                        .collect(Collectors.joining(" ")));
            case EMULATE -> Effect.of("network " + given.get("change"));
            case WEIGH -> Effect.of("weight " + given.get("weight"));
            case STOP -> Effect.of("application stopped");
            default -> Effect.of("was told");
        };
    }

    private static Effect measured(JsonObject result) {
        if (result.get("failure") instanceof JsonPrimitive failure) {
            throw new RefusedException(failure.getAsString());
        }
        return Effect.of("measured " + result);
    }

    private static Duration limit(Verb verb, JsonObject given) {
        return MARGIN.plusSeconds(
                switch (verb) {
                    case SWAP ->
                        SWAP_LIMIT_S
                                + (given.get("probation") instanceof JsonObject probation
                                        ? seconds(probation)
                                        : USUAL_PROBATION_S);
                    case SHADOW -> SWAP_LIMIT_S + seconds(given);
                    default -> SWAP_LIMIT_S;
                });
    }

    private static long seconds(JsonObject of) {
        return of.get("seconds") instanceof JsonPrimitive number
                ? (long) Math.ceil(number.getAsDouble())
                : USUAL_PROBATION_S;
    }

    @Override
    public void statuses(Collection<String> nodes, BiConsumer<String, NodeStatus> seen) throws InterruptedException {
        Queue<RuntimeException> broken = new ConcurrentLinkedQueue<>();
        List<Thread> asking = new ArrayList<>();
        for (String node : nodes) {
            asking.add(Thread.ofVirtual().name("scenario-status-" + node).start(() -> {
                try {
                    status(node, seen);
                } catch (RuntimeException e) {
                    broken.add(e); // whoever asks must not take it for a node that has gone
                }
            }));
        }
        try {
            for (Thread thread : asking) {
                thread.join(); // each has its own limit
            }
        } catch (InterruptedException e) {
            asking.forEach(Thread::interrupt);
            throw e;
        }
        if (!broken.isEmpty()) {
            throw broken.element();
        }
    }

    private void status(String node, BiConsumer<String, NodeStatus> seen) {
        Seat seat = seat(node);
        JsonElement document;
        try {
            document = client.post(seat.path(), command("status")).get("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RefusedException e) {
            if (ObserverClient.isUnanswered(e)) {
                lines.fails(seat.home, String.valueOf(e.getMessage()), System.nanoTime());
            }
            return;
        }
        lines.works(seat.home);
        seen.accept(node, Documents.read(document));
    }

    @Override
    public Listening listen(Consumer<Heard> listener) throws InterruptedException {
        return new Ear(client, this::name, listener, broken::complete);
    }

    private Optional<String> name(String id) {
        return seats.entrySet().stream()
                .filter(seat -> seat.getValue().id.equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public Optional<String> lost() {
        Optional<String> deaf = Optional.ofNullable(broken.getNow(null));
        return deaf.isPresent() ? deaf : lines.lost(System.nanoTime());
    }

    @Override
    public List<String> left() {
        return left.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one ->
                        "node " + one.getKey() + " may still run in " + seat(one.getKey()).home + ": " + one.getValue())
                .toList();
    }

    private Seat seat(String node) {
        Seat seat = seats.get(node);
        if (seat == null) {
            throw new RefusedException("node '" + node + "' was not made by this run");
        }
        return seat;
    }

    private JsonObject told(Home home, JsonObject order) throws InterruptedException {
        JsonElement result =
                client.post("api/containers/" + home.id() + "/commands", order).get("result");
        return result instanceof JsonObject object ? object : new JsonObject();
    }

    private static JsonObject command(String what) {
        JsonObject command = new JsonObject();
        command.addProperty("do", what);
        return command;
    }

    private static String text(JsonObject of, String key) {
        return of.get(key) instanceof JsonPrimitive text ? text.getAsString() : "";
    }

    @Override
    public void close() {
        client.close();
    }
}
