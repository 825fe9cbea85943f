package ioverlay.container.journal;

import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeSpec;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node as it is to be.
 *
 * @param spec with the port that it got; its slots are in {@code slots}
 * @param configuration what it was made from, as {@link Records#configuration} writes it; empty if a command made it
 * @param slots by application
 * @param applications started by commands, by id
 */
public record NodeEntry(
        NodeSpec spec,
        String configuration,
        Map<Integer, SlotEntry> slots,
        Map<Integer, ApplicationSpec> applications) {
    /** Keeps its own maps, in order. */
    public NodeEntry {
        slots = Collections.unmodifiableMap(new TreeMap<>(slots));
        applications = Collections.unmodifiableMap(new TreeMap<>(applications));
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
        return new NodeEntry(spec, configuration, more, applications);
    }

    NodeEntry in(Emulation network) {
        return new NodeEntry(spec.withEmulation(network), configuration, slots, applications);
    }

    NodeEntry with(ApplicationSpec application) {
        Map<Integer, ApplicationSpec> more = new TreeMap<>(applications);
        more.put(application.application(), application);
        return new NodeEntry(spec, configuration, slots, more);
    }

    NodeEntry without(int application) {
        Map<Integer, ApplicationSpec> fewer = new TreeMap<>(applications);
        fewer.remove(application);
        return new NodeEntry(spec, configuration, slots, fewer);
    }
}
