package ioverlay.observer.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The REST interface for programs: OpenAPI 3.1, written by hand and held to the truth by tests. */
final class Description {
    private static final String FILE = "ioverlay/observer/web/openapi.json";

    private final String text;

    Description() {
        try (InputStream in = Description.class.getClassLoader().getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the bundle has no " + FILE);
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's " + FILE + " cannot be read", e);
        }
    }

    void addTo(Routes routes) {
        routes.add("GET", "/api/openapi.json", request -> Answer.whole(200, "application/json", text));
    }
}
