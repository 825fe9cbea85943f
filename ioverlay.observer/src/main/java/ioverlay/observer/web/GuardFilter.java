package ioverlay.observer.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses what pages of others send, before any servlet of the same server: the Felix Web Console acts on requests too, and a
 * browser adds the password to them by itself.
 */
public final class GuardFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    /** For all paths of all contexts. */
    public GuardFilter() {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            Guard.check(request.getHeader("Host"), request.getHeader("Origin"), request.getLocalAddr());
        } catch (Problem e) {
            // Short enough for the server's buffer.
            Answer refusal = Answer.of(e);
            Headers.set(response, refusal);
            refusal.body().writeTo(response.getOutputStream());
            return;
        }
        chain.doFilter(request, response);
    }
}
