package ioverlay.observer.web;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request that has passed the guard and found its resource. */
final class Asked implements Request {
    private final HttpServletRequest request;
    private final Map<String, String> named;
    private final Map<String, String> query;
    private final Deadlines deadlines;
    private final Limits limits;

    /**
     * How long bodies may take.
     *
     * @param jsonMs of JSON
     * @param bodyMs of anything else
     * @param writeMs each piece of an answer
     */
    record Limits(long jsonMs, long bodyMs, long writeMs) {}

    Asked(
            HttpServletRequest request,
            Map<String, String> named,
            Map<String, String> query,
            Deadlines deadlines,
            Limits limits) {
        this.request = request;
        this.named = named;
        this.query = query;
        this.deadlines = deadlines;
        this.limits = limits;
    }

    @Override
    public String path(String name) {
        String value = named.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no part named " + name);
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    @Override
    public String who() {
        // A browser says Origin with every POST; who writes a program usually does not.
        return (request.getHeader("Origin") == null ? "rest " : "page ") + request.getRemoteAddr();
    }

    @Override
    public JsonObject json(int most) throws IOException {
        typed("application/json");
        return StrictJson.object(body(most, limits.jsonMs()).readAllBytes());
    }

    @Override
    public InputStream body(long most) throws IOException {
        typed("application/octet-stream", "application/java-archive");
        return body(most, limits.bodyMs());
    }

    private InputStream body(long most, long limitMs) throws IOException {
        if (request.getContentLengthLong() > most) {
            throw TimedInput.tooLong(most);
        }
        return new TimedInput(request.getInputStream(), deadlines, most, limitMs);
    }

    /** A type that a form of another's page cannot send without asking first. */
    private void typed(String... wanted) {
        String type = request.getContentType();
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!List.of(wanted).contains(bare)) {
            throw new Problem(
                    415,
                    "the body must be " + String.join(" or ", wanted) + ", and says "
                            + (type == null ? "nothing" : "'" + type + "'"));
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Problem(415, "the body may not be encoded, and says '" + encoding + "'");
        }
    }
}
