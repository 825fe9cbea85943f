package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageBuilder;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Events;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.Network;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.api.container.Swaps;
import ioverlay.scenario.plan.Probations;
import ioverlay.scenario.plan.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/**
 * The nodes of this process.
 *
 * @param nodes the node factory
 * @param network emulation and measurement
 * @param swaps hot swap
 * @param repository the algorithm bundles
 * @param events what happens
 * @param types applications that can be started
 * @param shelf where bundles go
 */
public record LocalSteering(
        Nodes nodes,
        Network network,
        Swaps swaps,
        Repository repository,
        Events events,
        Supplier<Set<String>> types,
        Shelf shelf)
        implements Steering {
    private static final long SWAP_LIMIT_S = 120;

    @Override
    public Map<String, Set<Version>> algorithms() {
        return repository.algorithms().stream()
                .collect(Collectors.groupingBy(
                        Offer::name,
                        Collectors.mapping(offer -> Version.parseVersion(offer.version()), Collectors.toSet())));
    }

    @Override
    public Set<String> applications() {
        return types.get();
    }

    @Override
    public Set<String> containers() {
        return Set.of();
    }

    @Override
    public void deploy(Path bundle) {
        shelf.put(bundle);
    }

    /** The run's bundles go with it. */
    @Override
    public void close() {
        shelf.clear();
    }

    /** Where a run's bundles are. */
    public interface Shelf {
        /**
         * Deploys one.
         *
         * @throws RefusedException if it is none
         */
        void put(Path bundle);

        /** Takes away what was put there and was not there before; the nodes have gone. */
        void clear();
    }

    @Override
    public void create(NodeSpec spec, String container) {
        nodes.create(spec);
    }

    @Override
    public void remove(String node) {
        nodes.remove(node);
    }

    @Override
    public void kill(String node) {
        nodes.kill(node);
    }

    @Override
    public void start(String node, ApplicationSpec application) {
        nodes.start(node, application);
    }

    @Override
    public void statuses(Collection<String> names, BiConsumer<String, NodeStatus> seen) {
        names.forEach(name -> nodes.status(name).ifPresent(status -> seen.accept(name, status)));
    }

    @Override
    public Listening listen(Consumer<Heard> listener) {
        return events.subscribe(event -> listener.accept(new Heard(event.kind(), event.node(), event.sentence())))
                ::close;
    }

    @Override
    public Effect obey(String node, Verb verb, JsonObject given, Outcome expected) throws InterruptedException {
        return switch (verb) {
            case STOP -> done(() -> nodes.stop(node, application(given)), "application stopped");
            case JOIN -> tell(node, MessageType.JOIN, given);
            case LEAVE -> tell(node, MessageType.LEAVE, given);
            case CONFIGURE -> tell(node, MessageType.CONFIGURE, given);
            case CUSTOM -> custom(node, given);
            case EMULATE ->
                done(() -> network.emulate(node, given.getAsJsonObject("change")), "network " + given.get("change"));
            case WEIGH -> {
                NodeId upstream = NodeId.parse(text(given, "upstream"));
                int weight = given.get("weight").getAsInt();
                yield done(() -> network.weigh(node, application(given), upstream, weight), "weight " + weight);
            }
            case MEASURE -> measure(node, given);
            case SWAP -> swapped(swaps.swap(request(node, given)), expected);
            case ROLLBACK -> swapped(swaps.rollback(node, application(given), ""), expected);
            case SHADOW -> shadow(node, given);
            case WHY -> Effect.of(String.join(" ", swaps.why(node, application(given))));
            case ROLLOUT -> throw new RefusedException("there is no observer whose work a rollout would be");
            case CREATE, REMOVE, FAIL, START, DEPLOY, WAIT, MARK ->
                throw new IllegalArgumentException(verb + " is no command to a node that is there");
        };
    }

    private static Effect done(Runnable deed, String sentence) {
        deed.run();
        return Effect.of(sentence);
    }

    private Effect tell(String node, int type, JsonObject given) {
        MessageBuilder message = message(node, type, given);
        nodes.tell(node, (given.has("settings") ? message.payload(settings(given)) : message).build());
        return Effect.of("was told");
    }

    private Effect custom(String node, JsonObject given) {
        int type = given.has("type") ? given.get("type").getAsInt() : MessageType.CUSTOM;
        MessageBuilder message = message(node, type, given).params(number(given, "param1"), number(given, "param2"));
        nodes.tell(node, (given.has("text") ? message.payload(text(given, "text")) : message).build());
        return Effect.of("was told");
    }

    private MessageBuilder message(String node, int type, JsonObject given) {
        NodeStatus self = nodes.status(node)
                .orElseThrow(() -> new RefusedException("there is no node '" + node + "' in this container now"));
        return Message.builder(self.id(), type).application(application(given));
    }

    private Effect measure(String node, JsonObject given) {
        boolean bandwidth = given.has("bandwidth") && given.get("bandwidth").getAsBoolean();
        Measurement measured = network.measure(node, NodeId.parse(text(given, "peer")), bandwidth);
        if (!measured.failure().isEmpty()) {
            throw new RefusedException(measured.failure());
        }
        return Effect.of("measured " + measured.toJson());
    }

    private static SwapRequest request(String node, JsonObject given) {
        SwapRequest request =
                new SwapRequest(node, application(given), text(given, "algorithm"), text(given, "versions"));
        if (given.has("settings")) {
            request = request.withSettings(settings(given));
        }
        return given.has("probation")
                ? request.withProbation(Probations.of(given.getAsJsonObject("probation")))
                : request;
    }

    private static Effect swapped(CompletableFuture<SwapResult> swap, Outcome expected) throws InterruptedException {
        SwapResult result = within(swap, SWAP_LIMIT_S);
        return Effect.ofSwap(
                result.outcome(),
                expected,
                result.sentence(),
                result.pause().toNanos() / 1000,
                result.from(),
                result.to());
    }

    private Effect shadow(String node, JsonObject given) throws InterruptedException {
        Duration time = Duration.ofMillis(Math.round(given.get("seconds").getAsDouble() * 1000));
        ShadowRequest request =
                new ShadowRequest(node, application(given), text(given, "algorithm"), text(given, "versions"), time);
        ShadowReport report = within(swaps.shadow(request).report(), time.toSeconds() + SWAP_LIMIT_S);
        return Effect.ofShadow(report.compared(), report.differed(), report.failed(), report.missed());
    }

    private static <T> T within(CompletableFuture<T> future, long seconds) throws InterruptedException {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new RefusedException("no result within " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new RefusedException(String.valueOf(e.getCause()), e);
        }
    }

    private static int application(JsonObject given) {
        return (int) given.get("application").getAsLong();
    }

    private static JsonObject settings(JsonObject given) {
        JsonElement settings = given.get("settings");
        return settings == null ? new JsonObject() : settings.getAsJsonObject();
    }

    private static String text(JsonObject given, String key) {
        return given.get(key).getAsString();
    }

    private static int number(JsonObject given, String key) {
        return given.has(key) ? given.get(key).getAsInt() : 0;
    }
}
