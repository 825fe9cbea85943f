package ioverlay.container.journal;

import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.WeightStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node as it is to be.
 *
 * @param spec with the port that it got; its slots are in {@code slots}
 * @param configuration what it was made from, as {@link Records#configuration} writes it; empty if a command made it
 * @param slots by application
 * @param applications started by commands, by id
 * @param weights set by commands, by application and upstream
 */
public record NodeEntry(
        NodeSpec spec,
        String configuration,
        Map<Integer, SlotEntry> slots,
        Map<Integer, ApplicationSpec> applications,
        List<WeightStatus> weights) {
    /** A node without weights. */
    public NodeEntry(
            NodeSpec spec,
            String configuration,
            Map<Integer, SlotEntry> slots,
            Map<Integer, ApplicationSpec> applications) {
        this(spec, configuration, slots, applications, List.of());
    }

    /** Keeps its own maps and list, in order. */
    public NodeEntry {
        slots = Collections.unmodifiableMap(new TreeMap<>(slots));
        applications = Collections.unmodifiableMap(new TreeMap<>(applications));
        weights = weights.stream()
                .sorted(Comparator.comparing(WeightStatus::application, Integer::compareUnsigned)
                        .thenComparing(WeightStatus::upstream))
                .toList();
    }

    /** Unique in the container. */
    public String name() {
        return spec.name();
    }

    /** Whether a configuration makes it, and not the journal. */
    public boolean isConfigured() {
        return !configuration.isEmpty();
    }

    NodeEntry withSlot(int application, SlotEntry slot) {
        Map<Integer, SlotEntry> more = new TreeMap<>(slots);
        more.put(application, slot);
        return new NodeEntry(spec, configuration, more, applications, weights);
    }

    NodeEntry in(Emulation network) {
        return new NodeEntry(spec.withEmulation(network), configuration, slots, applications, weights);
    }

    NodeEntry with(ApplicationSpec application) {
        Map<Integer, ApplicationSpec> more = new TreeMap<>(applications);
        more.put(application.application(), application);
        return new NodeEntry(spec, configuration, slots, more, weights);
    }

    NodeEntry with(WeightStatus weight) {
        List<WeightStatus> more = new ArrayList<>(weights);
        more.removeIf(other ->
                other.application() == weight.application() && other.upstream().equals(weight.upstream()));
        more.add(weight);
        return new NodeEntry(spec, configuration, slots, applications, more);
    }

    NodeEntry without(int application) {
        Map<Integer, ApplicationSpec> fewer = new TreeMap<>(applications);
        fewer.remove(application);
        return new NodeEntry(spec, configuration, slots, fewer, weights);
    }
}
