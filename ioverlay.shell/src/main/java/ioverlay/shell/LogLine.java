package ioverlay.shell;

import java.time.Instant;

/**
 * A line of the container's log.
 *
 * @param time when it was logged
 * @param level {@code AUDIT}, {@code ERROR}, {@code WARN}, {@code INFO}, {@code DEBUG} or {@code TRACE}
 * @param bundle whose line it is, by its symbolic name; the package of the logger where that is not known
 * @param logger its name, usually that of a class; {@code Events.…} for what the framework tells of itself
 * @param message what it says
 * @param failure what was thrown, in a line, or the empty text
 */
public record LogLine(Instant time, String level, String bundle, String logger, String message, String failure) {
    /** The message, and what was thrown. */
    String sentence() {
        return failure.isEmpty() ? message : message + ": " + failure;
    }
}
