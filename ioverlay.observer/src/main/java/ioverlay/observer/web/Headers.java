package ioverlay.observer.web;

import jakarta.servlet.http.HttpServletResponse;

/** What stands above every answer. */
final class Headers {
    /** Nothing from elsewhere, nothing inline that runs; pictures may be made by the page itself. */
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
                    + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Headers() {}

    static void set(HttpServletResponse response, Answer answer) {
        response.setStatus(answer.status());
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(answer.type());
        answer.headers().forEach(response::setHeader);
    }
}
