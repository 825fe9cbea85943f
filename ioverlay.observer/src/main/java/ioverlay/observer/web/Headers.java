package ioverlay.observer.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** What stands above every answer. */
final class Headers {
    /** Nothing from elsewhere, nothing inline that runs; pictures may be made by the page itself. */
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
                    + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> EVERYWHERE = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cache-Control", "no-store");

    private Headers() {}

    static void set(HttpServletResponse response, Answer answer) {
        response.setStatus(answer.status());
        of(answer).forEach(response::setHeader);
    }

    /** All of an answer's. */
    static Map<String, String> of(Answer answer) {
        Map<String, String> all = new LinkedHashMap<>(EVERYWHERE);
        all.put("Content-Type", answer.type());
        all.putAll(answer.headers());
        return all;
    }
}
