package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageBuilder;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The commands to a node but those of {@link ShadowVerbs}, see {@code docs/commands.md}. */
final class NodeVerbs {
    private static final String APPLICATION = "application";
    private static final String SETTINGS = "settings";
    private static final String ALGORITHM = "algorithm";
    private static final String VERSIONS = "versions";
    private static final int LEAST_OF_AUTHORS = 0x8100;
    private static final int MOST_OF_AUTHORS = 0xbfff;
    private static final double LONGEST_PROBATION_S = 3600;

    private final Services services;

    NodeVerbs(Services services) {
        this.services = services;
    }

    /** By what {@code do} says. */
    Map<String, Verb> all() {
        return Map.ofEntries(
                Map.entry("status", Verb.tells((node, demand) -> status(node).toJson())),
                Map.entry("emulate", Verb.changesAndTells(this::emulate, "change")),
                Map.entry("weigh", Verb.changes(this::weigh, "upstream", "weight", APPLICATION)),
                Map.entry("measure", Verb.tells(this::measure, "peer", "bandwidth")),
                Map.entry("start", Verb.changes(this::start, APPLICATION, "type", SETTINGS)),
                Map.entry(
                        "stop",
                        Verb.changes(
                                (node, demand) -> services.nodes().stop(node, demand.application(1)), APPLICATION)),
                Map.entry("join", membership(MessageType.JOIN, APPLICATION, SETTINGS)),
                Map.entry("leave", membership(MessageType.LEAVE, APPLICATION)),
                Map.entry("configure", membership(MessageType.CONFIGURE, APPLICATION, SETTINGS)),
                Map.entry("custom", Verb.changes(this::custom, APPLICATION, "param1", "param2", "text", "type")),
                Map.entry(
                        "swap",
                        Verb.takesLong(this::swap, APPLICATION, ALGORITHM, VERSIONS, SETTINGS, "probation", "id")),
                Map.entry("rollback", Verb.takesLong(this::rollback, APPLICATION, "id")),
                Map.entry("why", Verb.tells(this::why, APPLICATION)),
                Map.entry(
                        "remove",
                        Verb.changes((node, demand) -> services.nodes().remove(node))),
                Map.entry(
                        "kill", Verb.changes((node, demand) -> services.nodes().kill(node))));
    }

    private NodeStatus status(String node) {
        return services.nodes().status(node).orElseThrow(() -> new RefusedException("there is no node '" + node + "'"));
    }

    private JsonElement emulate(String node, Demand demand) {
        JsonObject change = demand.object("change")
                .orElseThrow(() -> new RefusedException("the command 'emulate' needs 'change', as {\"out\":400000}"));
        return services.network().emulate(node, change).toJson();
    }

    private void weigh(String node, Demand demand) {
        int application = demand.has(APPLICATION) ? demand.application(0) : 0;
        services.network().weigh(node, application, demand.node("upstream"), (int) demand.whole("weight", 1, 1000));
    }

    private JsonElement measure(String node, Demand demand) {
        return services.network()
                .measure(node, demand.node("peer"), demand.is("bandwidth", false))
                .toJson();
    }

    private void start(String node, Demand demand) {
        JsonObject settings = demand.object(SETTINGS).orElseGet(JsonObject::new);
        services.nodes().start(node, new ApplicationSpec(demand.text("type"), demand.application(1), settings));
    }

    private Verb membership(int type, String... members) {
        return Verb.changes(
                (node, demand) -> {
                    String settings =
                            demand.object(SETTINGS).map(JsonObject::toString).orElse("");
                    tell(node, type, demand.application(0), 0, settings);
                },
                members);
    }

    private void custom(String node, Demand demand) {
        int type = (int) demand.whole("type", Integer.MIN_VALUE, Integer.MAX_VALUE, MessageType.CUSTOM);
        if (type != MessageType.CUSTOM && (type < LEAST_OF_AUTHORS || type > MOST_OF_AUTHORS)) {
            throw new RefusedException("the type of a custom message is " + MessageType.CUSTOM + " or "
                    + LEAST_OF_AUTHORS + " to " + MOST_OF_AUTHORS + ", not " + type);
        }
        int param1 = (int) demand.whole("param1", Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
        int param2 = (int) demand.whole("param2", Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
        tell(node, type, demand.application(0), Header.params(param1, param2), demand.text("text", ""));
    }

    /** Tells the slot that serves the application, if the node has one. */
    private void tell(String node, int type, int application, long params, String payload) {
        NodeStatus status = status(node);
        Set<Integer> served = Set.of(application, 0);
        if (status.slots().stream().noneMatch(slot -> served.contains(slot.application()))) {
            throw new RefusedException("node '" + status.name() + "' has no slot that serves application "
                    + Integer.toUnsignedString(application));
        }
        services.nodes().tell(node, message(status.id(), type, application, params, payload));
    }

    private static Message message(NodeId self, int type, int application, long params, String payload) {
        int most = Header.MAX_CONTROL_PAYLOAD;
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw new RefusedException("a control message carries at most " + most + " bytes, not " + bytes);
        }
        MessageBuilder message =
                Message.builder(self, type).application(application).sequence(params);
        return (payload.isEmpty() ? message : message.payload(payload)).build();
    }

    private CompletableFuture<JsonElement> swap(String node, Demand demand) {
        SwapRequest request = new SwapRequest(
                node,
                demand.application(0),
                demand.text(ALGORITHM),
                demand.text(VERSIONS, "0"),
                demand.object(SETTINGS),
                demand.object("probation").map(NodeVerbs::probation).orElse(Probation.STANDARD),
                demand.text("id", ""));
        return services.swaps().swap(request).thenApply(Answers::of);
    }

    private static Probation probation(JsonObject members) {
        Demand demand =
                new Demand("a probation", members).requireOnly(Set.of("seconds", "failures", "leastThroughput"));
        Probation standard = Probation.STANDARD;
        double seconds =
                demand.number("seconds", 0, LONGEST_PROBATION_S, standard.time().toMillis() / 1000.0);
        return new Probation(
                millis(seconds),
                (int) demand.whole("failures", 1, Integer.MAX_VALUE, standard.failures()),
                demand.number("leastThroughput", 0, 1, standard.leastThroughput()));
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private CompletableFuture<JsonElement> rollback(String node, Demand demand) {
        return services.swaps()
                .rollback(node, demand.application(0), demand.text("id", ""))
                .thenApply(Answers::of);
    }

    private JsonElement why(String node, Demand demand) {
        return Answers.texts("sentences", services.swaps().why(node, demand.application(0)));
    }
}
