package ioverlay.observer.fleet;

import com.google.gson.JsonObject;
import java.time.Instant;

/**
 * A line of the log.
 *
 * @param time by the clock of where it happened
 * @param kind as in {@code docs/status.md}, or {@code command}, {@code rollout}, {@code node.joined}, {@code node.lost}, {@code upload}
 * @param node {@code IP:port}; empty if it concerns none
 * @param name of the node; empty if it concerns none
 * @param who asked for it; empty if nobody did
 * @param sentence for a person
 * @param detail for a program
 */
public record Happening(
        Instant time, String kind, String node, String name, String who, String sentence, JsonObject detail) {}
