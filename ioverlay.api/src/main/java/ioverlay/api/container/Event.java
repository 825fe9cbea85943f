package ioverlay.api.container;

import com.google.gson.JsonObject;
import java.time.Instant;

/**
 * Something that happened in the container.
 *
 * @param time by the wall clock
 * @param kind for example {@code node.created}, {@code swap}, {@code link.failed}; see {@code docs/status.md}
 * @param node name, or empty if it concerns the container
 * @param sentence for a person
 * @param detail for a program
 */
public record Event(Instant time, String kind, String node, String sentence, JsonObject detail) {}
