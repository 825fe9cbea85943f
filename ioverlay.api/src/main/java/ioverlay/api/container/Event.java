package ioverlay.api.container;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Set;

/**
 * Something that happened in the container.
 *
 * @param time by the wall clock
 * @param kind for example {@code node.created}, {@code swap}, {@code link.failed}; see {@link #KINDS} and {@code docs/status.md}
 * @param node name, or empty if it concerns the container
 * @param sentence for a person
 * @param detail for a program
 */
public record Event(Instant time, String kind, String node, String sentence, JsonObject detail) {
    /** All that a container tells. Later versions may tell more. */
    public static final Set<String> KINDS = Set.of(
            "algorithm.failed",
            "application.failed",
            "application.started",
            "application.stopped",
            "bundle.retired",
            "bundle.stays",
            "bundle.unloaded",
            "container.sick",
            "data.opened",
            "data.refused",
            "link.broken",
            "link.closed",
            "link.failed",
            "link.up",
            "network.changed",
            "node.away",
            "node.configured",
            "node.created",
            "node.failed",
            "node.refused",
            "node.removed",
            "node.restored",
            "node.waiting",
            "request.refused",
            "shadow.ended",
            "shadow.started",
            "slot.parked",
            "slot.resumed",
            "slot.returned",
            "swap",
            "tap.failed",
            "trace",
            "trial.ended",
            "turn.condemned",
            "turn.slow",
            "weight.changed");
}
