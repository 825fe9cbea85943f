package ioverlay.observer.web;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What is answered.
 *
 * @param status of HTTP
 * @param type of the content
 * @param headers besides that of the type
 * @param body writes it, on the thread of the request; not called for HEAD
 */
public record Answer(int status, String type, Map<String, String> headers, Body body) {
    /** Keeps its own headers. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Without further headers. */
    public Answer(int status, String type, Body body) {
        this(status, type, Map.of(), body);
    }

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
        return whole(status, "application/json", json.toString());
    }

    /** 200 with JSON that is written piece by piece. */
    static Answer json(Body body) {
        return new Answer(200, "application/json", body);
    }

    /** A text that is there as a whole. */
    static Answer whole(int status, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Answer(
                status, type, Map.of("Content-Length", String.valueOf(bytes.length)), out -> out.write(bytes));
    }

    /** A table as a file to keep. */
    static Answer csv(String file, Body body) {
        return new Answer(
                200,
                "text/csv;charset=utf-8",
                Map.of("Content-Disposition", "attachment; filename=\"" + file + "\""),
                body);
    }

    /** Problem details. */
    static Answer of(Problem problem) {
        return whole(
                problem.status(), "application/problem+json", problem.details().toString());
    }

    /** The same with one more header. */
    Answer with(String header, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(header, value);
        return new Answer(status, type, all, body);
    }
}
