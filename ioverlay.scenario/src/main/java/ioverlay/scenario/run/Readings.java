package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.api.container.NodeStatus.SessionStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Sample.Life;
import ioverlay.scenario.run.Sample.Reading;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from a node's status what is asked for, and adds up what only grows. */
final class Readings {
    private final Set<Probe> probes;
    private final Function<String, String> names;
    private final Tally tally = new Tally();

    /**
     * Reads these.
     *
     * @param names of addresses
     */
    Readings(Set<Probe> probes, Function<String, String> names) {
        this.probes = Set.copyOf(probes);
        this.names = names;
    }

    Reading of(NodeStatus status, double seconds) {
        Map<Probe, JsonElement> values = new HashMap<>();
        for (Probe probe : probes) {
            values.put(probe, value(status, probe));
        }
        Map<Integer, List<String>> downstreams = new HashMap<>();
        for (SessionStatus session : status.sessions()) {
            downstreams.put(
                    session.application(),
                    session.downstreams().stream()
                            .filter(node -> !node.equals(status.id()))
                            .map(this::name)
                            .toList());
        }
        Map<String, Double> links = new LinkedHashMap<>();
        for (LinkStatus link : status.downstreams()) {
            links.put(name(link.peer()), link.bytesPerSecond());
        }
        Life life = tally.add(status.name(), status.upMillis(), parts(status));
        life.grown()
                .forEach((probe, grown) -> values.computeIfPresent(
                        probe, (same, said) -> isTotal(probe.what()) ? sinceBirth(status, probe, grown) : said));
        return new Reading(seconds, values, downstreams, links, life);
    }

    private JsonElement sinceBirth(NodeStatus status, Probe probe, double grown) {
        return new JsonPrimitive(tally.sinceBirth(status.name(), probe, grown));
    }

    /** Whether it is known what all of it was, whatever has ended since; a number that an application says may mean anything. */
    private static boolean isTotal(What what) {
        return what == What.RECEIVED || what == What.SENT || what == What.MESSAGES;
    }

    /** Of what only grows: the part of each application; of a counter of the node, all of it. */
    private Map<Probe, Map<Integer, JsonElement>> parts(NodeStatus status) {
        Map<Probe, Map<Integer, JsonElement>> parts = new HashMap<>();
        for (Probe probe : probes) {
            switch (probe.what()) {
                case COUNTER -> parts.put(probe, Map.of(0, value(status, probe)));
                case RECEIVED, SENT, MESSAGES, COUNT -> {
                    Map<Integer, JsonElement> each = new HashMap<>();
                    applications(status, probe).forEach(one -> each.put(one.application(), value(one, probe)));
                    parts.put(probe, each);
                }
                default -> {
                    // It does not grow.
                }
            }
        }
        return parts;
    }

    private static JsonElement value(ApplicationStatus application, Probe probe) {
        return switch (probe.what()) {
            case SENT -> new JsonPrimitive(application.producedBytes());
            case MESSAGES -> new JsonPrimitive(application.consumed());
            case COUNT -> Objects.requireNonNullElse(application.detail().get(probe.of()), JsonNull.INSTANCE);
            default -> new JsonPrimitive(application.consumedBytes());
        };
    }

    private String name(NodeId id) {
        return names.apply(id.toString());
    }

    private JsonElement value(NodeStatus status, Probe probe) {
        return switch (probe.what()) {
            case RECEIVED, SENT, MESSAGES -> new JsonPrimitive(0); // what was added up takes its place
            case IN -> new JsonPrimitive(status.rates().inBytesPerSecond());
            case OUT -> new JsonPrimitive(status.rates().outBytesPerSecond());
            case LAST_MILE -> new JsonPrimitive(status.lastMileBytesPerSecond());
            case QUEUED ->
                new JsonPrimitive(Stream.concat(status.upstreams().stream(), status.downstreams().stream())
                        .mapToLong(LinkStatus::queuedBytes)
                        .sum());
            case COUNT -> count(status, probe);
            case COUNTER -> new JsonPrimitive(status.counters().getOrDefault(probe.of(), 0L));
            case DETAIL ->
                slot(status, probe)
                        .map(slot -> Pointer.at(slot.detail(), probe.of()))
                        .orElse(JsonNull.INSTANCE);
            case STATUS -> Pointer.at(status.toJson(), probe.of());
            case VERSION ->
                slot(status, probe)
                        .<JsonElement>map(slot -> new JsonPrimitive(slot.version()))
                        .orElse(JsonNull.INSTANCE);
            case DEGREE -> new JsonPrimitive(degree(status, probe));
            case LOOPS -> parents(status, probe);
            case THROUGHPUT, GAP, EDGES, TREE, NODES, EVENTS, SWAPS, PAUSE, LATENESS -> JsonNull.INSTANCE;
        };
    }

    private static Stream<ApplicationStatus> applications(NodeStatus status, Probe probe) {
        return status.applications().stream()
                .filter(one -> probe.application() == 0 || one.application() == probe.application());
    }

    private static JsonElement count(NodeStatus status, Probe probe) {
        List<JsonElement> found = applications(status, probe)
                .map(ApplicationStatus::detail)
                .filter(detail -> detail.has(probe.of()))
                .map(detail -> detail.get(probe.of()))
                .toList();
        if (found.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        return new JsonPrimitive(found.stream()
                .filter(one -> one instanceof JsonPrimitive number && number.isNumber())
                .mapToDouble(JsonElement::getAsDouble)
                .sum());
    }

    private static Optional<SlotStatus> slot(NodeStatus status, Probe probe) {
        return status.slots().stream()
                .filter(slot -> slot.application() == probe.application())
                .findFirst()
                .or(() -> status.slots().stream()
                        .filter(slot -> slot.application() == 0)
                        .findFirst());
    }

    /** Whom the algorithms call their parent, by application: a name, empty for nobody. Those that have no such thing are left out. */
    private JsonObject parents(NodeStatus status, Probe probe) {
        JsonObject parents = new JsonObject();
        for (SlotStatus slot : status.slots()) {
            boolean asked = probe.application() == 0 || probe.application() == slot.application();
            if (asked && slot.detail().get("parent") instanceof JsonPrimitive parent && parent.isString()) {
                String address = parent.getAsString();
                parents.addProperty(
                        Integer.toUnsignedString(slot.application()), address.isEmpty() ? "" : names.apply(address));
            }
        }
        return parents;
    }

    private static int degree(NodeStatus status, Probe probe) {
        return status.sessions().stream()
                .filter(session -> probe.application() == 0 || session.application() == probe.application())
                .flatMap(session -> Stream.concat(session.upstreams().stream(), session.downstreams().stream()))
                .filter(node -> !node.equals(status.id()))
                .collect(Collectors.toSet())
                .size();
    }

    /** What every sample has, whatever is asked. */
    static List<Probe> always() {
        return List.of(new Probe(What.RECEIVED, 0, ""), new Probe(What.IN, 0, ""), new Probe(What.OUT, 0, ""));
    }

    /** The probe whose values the measurement is made of: three of them are made of what was received. */
    static Probe stored(Probe probe) {
        return switch (probe.what()) {
            case THROUGHPUT, GAP -> new Probe(What.RECEIVED, probe.application(), "");
            default -> probe;
        };
    }
}
