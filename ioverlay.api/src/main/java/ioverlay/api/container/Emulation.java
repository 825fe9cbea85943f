package ioverlay.api.container;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.LinkEmulation.Way;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The network that a node is to believe in (paper, section 2.2, "Emulation of bandwidth availability"): caps on what it
 * sends and receives, and what its links do to traffic. Caps count header and payload, control messages included; all
 * that apply hold at once. As a JSON object it is what {@link ioverlay.api.MessageType#EMULATE} carries; see
 * {@code docs/emulation.md}.
 *
 * @param total bytes per second in and out together; empty is no cap
 * @param in bytes per second received from neighbours; empty is no cap
 * @param out bytes per second sent to neighbours; empty is no cap
 * @param meteringMillis over how long a cap is kept to: what was not used within it is lost. 1 to 1000
 * @param seed of jitter and loss
 * @param links one for each direction and neighbour that has its own; those that say nothing are left out
 */
public record Emulation(
        OptionalLong total,
        OptionalLong in,
        OptionalLong out,
        int meteringMillis,
        long seed,
        List<LinkEmulation> links) {
    /** The metering interval where nothing else is said, in milliseconds. */
    public static final int DEFAULT_METERING_MILLIS = 50;

    /** The most links that one node emulates, each direction counted. */
    public static final int MOST_LINKS = 8192;

    static final int MOST_METERING_MILLIS = 1000;
    static final String METERING_RULE = "a metering interval has 1 to " + MOST_METERING_MILLIS + " ms";

    /** No cap, no latency, no loss. */
    public static final Emulation NONE = new Emulation(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), DEFAULT_METERING_MILLIS, 0, List.of());

    /**
     * Checks every value.
     *
     * @throws RefusedException with the rule and the value
     */
    public Emulation {
        LinkEmulation.requireRate(total, "a node's total");
        LinkEmulation.requireRate(in, "a node's in");
        LinkEmulation.requireRate(out, "a node's out");
        if (meteringMillis < 1 || meteringMillis > MOST_METERING_MILLIS) {
            throw new RefusedException(METERING_RULE + ", not '" + meteringMillis + "'");
        }
        links = links.stream().filter(link -> !link.isPlain()).toList();
        if (links.size() > MOST_LINKS) {
            throw new RefusedException(
                    "a node emulates at most " + MOST_LINKS + " links, each direction counted, not " + links.size());
        }
        requireEachOnce(links);
    }

    private static void requireEachOnce(List<LinkEmulation> links) {
        Map<Way, Set<NodeId>> peers = new EnumMap<>(Way.class);
        for (LinkEmulation link : links) {
            if (!peers.computeIfAbsent(link.way(), way -> new HashSet<>()).add(link.peer())) {
                throw new RefusedException(twice(link.way(), link.peer()));
            }
        }
    }

    static String twice(Way way, NodeId peer) {
        return "an emulation has each link once, but '" + way.name().toLowerCase(Locale.ROOT) + "' " + peer + " twice";
    }

    /**
     * This emulation with a change: what the object names is set, {@code null} takes it away, the rest stays. Entries of
     * {@code links} are merged by direction and neighbour; one that says nothing any more is gone.
     *
     * @throws RefusedException with the rule and the value; also for a name that it does not know
     */
    public Emulation changed(JsonObject change) {
        return changed(change, (way, peer) -> true);
    }

    /**
     * The same for a change that may only name links that are there, or are emulated already.
     *
     * @param exists whether there is such a link
     * @throws RefusedException as {@link #changed(JsonObject)}, and for a link that is neither
     */
    public Emulation changed(JsonObject change, BiPredicate<Way, NodeId> exists) {
        return new EmulationChange(this, exists).apply(change);
    }

    /** As a JSON object, which {@link #changed} of {@link #NONE} turns into the same emulation. */
    public JsonObject toJson() {
        return EmulationChange.json(this);
    }
}
