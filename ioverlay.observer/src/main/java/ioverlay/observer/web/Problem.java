package ioverlay.observer.web;

import com.google.gson.JsonObject;
import java.util.Map;

/** A request that is not obeyed: problem details as in RFC 9457. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"),
            Map.entry(507, "Insufficient Storage"));

    private final int status;

    /**
     * A problem.
     *
     * @param status of HTTP, 400 to 599
     * @param sentence for a person: the rule and the value
     */
    public Problem(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** As it is said to who asked. */
    JsonObject details() {
        JsonObject details = new JsonObject();
        details.addProperty("type", "about:blank");
        details.addProperty("title", TITLES.getOrDefault(status, "Problem"));
        details.addProperty("status", status);
        details.addProperty("detail", getMessage());
        return details;
    }
}
