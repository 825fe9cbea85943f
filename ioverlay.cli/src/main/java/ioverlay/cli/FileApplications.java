package ioverlay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import java.nio.file.Path;

/**
 * The applications {@code file.source} and {@code file.sink}: the settings they take and what their status says.
 *
 * @param file to send
 * @param pace of the source
 * @param directory where the copies go
 */
record FileApplications(Path file, Pace pace, Path directory) {
    ApplicationSpec source() {
        JsonObject settings = new JsonObject();
        settings.addProperty("path", file.toString());
        settings.addProperty("chunkBytes", pace.chunkBytes());
        settings.addProperty("millis", pace.time().toMillis());
        return new ApplicationSpec("file.source", Grove.APPLICATION, settings);
    }

    ApplicationSpec sink(String node) {
        JsonObject settings = new JsonObject();
        settings.addProperty("path", copy(node).toString());
        return new ApplicationSpec("file.sink", Grove.APPLICATION, settings);
    }

    /** Where a node's copy is. */
    Path copy(String node) {
        return directory.resolve(node + ".copy");
    }

    /** How much of the file was sent or received. */
    static long bytes(ApplicationStatus application) {
        return number(application, "bytes");
    }

    /** Messages that the source has sent, or different ones that a sink has got. */
    static long messages(ApplicationStatus application) {
        return number(application, "messages");
    }

    /** Messages that a sink got again. */
    static long duplicated(ApplicationStatus sink) {
        return number(sink, "duplicated");
    }

    /** Messages that a sink got after a later one. */
    static long reordered(ApplicationStatus sink) {
        return number(sink, "reordered");
    }

    /** Whether the source has sent everything. */
    static boolean hasSent(ApplicationStatus source) {
        return source.state().equals("finished");
    }

    /** Whether a sink will take no more: it has a whole file, or has given up. */
    static boolean isOver(ApplicationStatus sink) {
        return intact(sink) || text(sink, "state").equals("broken");
    }

    /** Whether the sink's own check found the copy to be the file. */
    static boolean intact(ApplicationStatus sink) {
        return text(sink, "state").equals("intact");
    }

    /** Why a sink gave up, or the empty text. */
    static String failure(ApplicationStatus sink) {
        return text(sink, "failure");
    }

    private static String text(ApplicationStatus application, String name) {
        JsonElement text = application.detail().get(name);
        return text == null || !text.isJsonPrimitive() ? "" : text.getAsString();
    }

    private static long number(ApplicationStatus application, String name) {
        JsonElement number = application.detail().get(name);
        return number == null || !number.isJsonPrimitive() ? 0 : number.getAsLong();
    }
}
