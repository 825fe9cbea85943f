package ioverlay.agent.line;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.ProtocolException;
import java.util.regex.Pattern;

/**
 * What a container says of itself when it opens a line: {@link LineType#REGISTER}.
 *
 * @param least lowest version of the rules of the line that it speaks
 * @param most highest
 * @param container id of its run: 1 to 64 letters, digits, dots, dashes, underscores
 * @param host where it runs
 * @param pid of its process
 * @param java version
 * @param started time, as text
 */
public record Opening(int least, int most, String container, String host, long pid, String java, String started) {
    /** The version of these rules. */
    public static final int VERSION = 1;

    private static final String LINE = "line";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LONGEST = 255;

    /** A container that speaks this version. */
    public static Opening of(String container, String host, long pid, String java, String started) {
        return new Opening(VERSION, VERSION, container, host, pid, java, started);
    }

    /** The frame. */
    public Frame frame() {
        JsonArray versions = new JsonArray();
        versions.add(least);
        versions.add(most);
        JsonObject json = new JsonObject();
        json.add(LINE, versions);
        json.addProperty("container", container);
        json.addProperty("host", host);
        json.addProperty("pid", pid);
        json.addProperty("java", java);
        json.addProperty("started", started);
        return Frame.of(LineType.REGISTER, 0, json);
    }

    /**
     * Reads what came first on a line.
     *
     * @throws ProtocolException with a sentence if it is no opening
     */
    public static Opening read(Frame first) throws ProtocolException {
        if (first.type() != LineType.REGISTER) {
            throw new ProtocolException(
                    "a line begins with REGISTER and not with type 0x" + Integer.toHexString(first.type()));
        }
        JsonObject json = first.object();
        try {
            JsonArray versions = json.getAsJsonArray(LINE);
            Opening opening = new Opening(
                    versions.get(0).getAsInt(),
                    versions.get(1).getAsInt(),
                    json.get("container").getAsString(),
                    text(json, "host"),
                    json.has("pid") ? json.get("pid").getAsLong() : 0,
                    text(json, "java"),
                    text(json, "started"));
            if (ID.matcher(opening.container).matches()) {
                return opening;
            }
        } catch (RuntimeException e) {
            // Boundary of the wire: whatever is wrong with the JSON costs the line.
            throw (ProtocolException) new ProtocolException("REGISTER says line, container, host and pid").initCause(e);
        }
        throw new ProtocolException("a container's id has 1 to 64 letters, digits, dots, dashes, underscores");
    }

    private static String text(JsonObject json, String key) {
        String text = json.has(key) ? json.get(key).getAsString() : "";
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** Whether {@link #VERSION} is among those that it speaks. */
    public boolean speaksOurs() {
        return least <= VERSION && VERSION <= most;
    }
}
