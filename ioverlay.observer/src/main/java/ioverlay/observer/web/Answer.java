package ioverlay.observer.web;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What is answered.
 *
 * @param status of HTTP
 * @param type of the content
 * @param body writes it, on the thread of the request
 */
public record Answer(int status, String type, Body body) {
    /** Writes. */
    @FunctionalInterface
    public interface Body {
        /** All of it; the stream is closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** 200 with JSON. */
    public static Answer of(JsonElement json) {
        return of(200, json);
    }

    /** JSON. */
    public static Answer of(int status, JsonElement json) {
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        return new Answer(status, "application/json", out -> out.write(text));
    }
}
