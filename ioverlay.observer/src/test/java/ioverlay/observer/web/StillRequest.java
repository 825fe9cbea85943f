package ioverlay.observer.web;

import com.google.gson.JsonObject;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Asks, and says nothing more than its query.
 *
 * @param parameters of the query
 */
record StillRequest(Map<String, String> parameters) implements Request {
    static final StillRequest PLAIN = new StillRequest(Map.of());

    @Override
    public String path(String name) {
        return "";
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public String who() {
        return "test";
    }

    @Override
    public JsonObject json(int most) {
        return new JsonObject();
    }

    @Override
    public InputStream body(long most) {
        return InputStream.nullInputStream();
    }
}
