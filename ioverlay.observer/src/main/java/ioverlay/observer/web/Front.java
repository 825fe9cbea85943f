package ioverlay.observer.web;

import ioverlay.observer.history.HistoryException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one servlet: everything below {@code /} that is no other servlet's. Each request gets a virtual thread of its own,
 * {@code overlay-web-N}, which may wait for nodes, for the database and for the client; the server's few threads never do.
 *
 * <p>Bounds: {@value #MOST_REQUESTS} requests at once, pages that listen to events included; the time of a body and of each
 * piece of an answer ({@link Asked.Limits}).
 */
final class Front extends HttpServlet {
    private static final long serialVersionUID = 1;

    private static final Logger LOG = System.getLogger(Front.class.getName());

    private static final int MOST_REQUESTS = 256;
    private static final long LONGEST_END_MS = 1000;

    /** Tells Jetty to end the connection. */
    private static final int CUT_OFF = -1;

    private final transient Router router;
    private final transient Page page;
    private final transient Deadlines deadlines;
    private final transient Asked.Limits limits;
    private final transient Tally tally;
    private final transient Semaphore places = new Semaphore(MOST_REQUESTS);
    private final transient AtomicLong numbers = new AtomicLong();
    private volatile boolean closed; // read by requests that come while it closes

    /** Counts requests by what became of them. */
    interface Tally {
        /** One was answered. */
        void answered(String method, String route, int status, long tookNs);
    }

    Front(Router router, Page page, Deadlines deadlines, Asked.Limits limits, Tally tally) {
        this.router = router;
        this.page = page;
        this.deadlines = deadlines;
        this.limits = limits;
        this.tally = tally;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (closed || !places.tryAcquire()) {
            // On the server's own thread: short enough for its buffer, so it need not wait for the client.
            Answer refusal = Answer.of(closed ? ending() : busy());
            Headers.set(response, refusal);
            refusal.body().writeTo(response.getOutputStream());
            return;
        }
        AsyncContext context = request.startAsync();
        // Whoever waits for longer than it may is interrupted: the server's own clock would end it without a sentence.
        context.setTimeout(0);
        Written written = Written.of(context);
        Thread.ofVirtual().name("overlay-web-" + numbers.incrementAndGet()).start(() -> {
            boolean cutOff = false;
            try {
                cutOff = !serve(request, response);
            } finally {
                try {
                    if (!cutOff) {
                        written.complete();
                    }
                } finally {
                    places.release(); // last, so that who waits for all of them finds them written
                }
            }
        });
    }

    /**
     * Takes no further request, and returns when those under way have their answers, or when {@value #LONGEST_END_MS} ms have
     * passed: the server that stops then has nothing to wait for and nothing to cut off.
     */
    void close() {
        closed = true;
        try {
            places.tryAcquire(MOST_REQUESTS, LONGEST_END_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Problem ending() {
        return new Problem(503, "the observer ends");
    }

    private static Problem busy() {
        return new Problem(503, "more than " + MOST_REQUESTS + " requests are being answered: come again");
    }

    /** False if the connection was ended in the middle, which the server knows. */
    private boolean serve(HttpServletRequest request, HttpServletResponse response) {
        boolean whole = true;
        long start = System.nanoTime();
        String method = request.getMethod();
        Handled handled = handle(request, method);
        try {
            write(response, handled.answer(), method.equals("HEAD"), HeaderDeadline.hangUp(request));
        } catch (IOException | RuntimeException e) {
            // The client is gone or does not read, or a body broke in the middle: nobody is left to be told.
            LOG.log(Level.DEBUG, () -> method + " " + request.getRequestURI() + ": the answer was cut off", e);
            whole = !cutOff(response);
        }
        tally.answered(method, handled.route(), handled.answer().status(), System.nanoTime() - start);
        return whole;
    }

    /** Else the half of a table would end as a whole one does. */
    private static boolean cutOff(HttpServletResponse response) {
        try {
            response.sendError(CUT_OFF);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the server does not end the connection", e);
            return false;
        }
    }

    /**
     * An answer and what gave it.
     *
     * @param answer to be written
     * @param route for counting: its path, {@code page} or {@code none}
     */
    private record Handled(Answer answer, String route) {}

    private Handled handle(HttpServletRequest request, String method) {
        String route = "none";
        try {
            Guard.check(request.getHeader("Host"), request.getHeader("Origin"), request.getLocalAddr());
            Target target = Target.of(request.getRequestURI(), request.getQueryString());
            Optional<Router.Found> found = router.find(method, target.segments());
            if (found.isEmpty()) {
                return new Handled(page(request, method, target), "page");
            }
            route = found.get().route().path();
            known(target, found.get().route().queries());
            Asked asked = new Asked(request, found.get().named(), target.query(), deadlines, limits);
            return new Handled(found.get().route().resource().answer(asked), route);
        } catch (Router.WrongMethod e) {
            return new Handled(Answer.of(new Problem(405, e.sentence)).with("Allow", e.allowed), route);
        } catch (Problem e) {
            return new Handled(closing(Answer.of(e), method), route);
        } catch (HistoryException e) {
            return new Handled(closing(Answer.of(new Problem(503, String.valueOf(e.getMessage()))), method), route);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Boundary: a defect in one resource, or a package that is not there, costs its request; a person should
            // look.
            LOG.log(Level.WARNING, method + " " + request.getRequestURI() + " failed", e);
            return new Handled(
                    closing(Answer.of(new Problem(500, "this is a defect of the observer: " + e)), method), route);
        }
    }

    private Answer page(HttpServletRequest request, String method, Target target) {
        if (target.segments().getFirst().equals("api")) {
            throw Target.nowhere();
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.of(new Problem(405, "here one may only GET, not " + method))
                    .with("Allow", "GET, HEAD");
        }
        return page.answer(
                String.join("/", target.segments()),
                request.getHeader("If-None-Match"),
                request.getHeader("Accept-Encoding"));
    }

    /** What is left of a body that was not taken must not be read as the next request. */
    private static Answer closing(Answer answer, String method) {
        return method.equals("GET") || method.equals("HEAD") ? answer : answer.with("Connection", "close");
    }

    private static void known(Target target, Set<String> queries) {
        for (String name : target.query().keySet()) {
            if (!queries.contains(name)) {
                String may = queries.isEmpty() ? "none" : String.join(", ", new TreeSet<>(queries));
                throw new Problem(400, "the query may have " + may + " here, and not '" + name + "'");
            }
        }
    }

    private void write(HttpServletResponse response, Answer answer, boolean head, Optional<BooleanSupplier> hangUp)
            throws IOException {
        Headers.set(response, answer);
        if (head || answer.status() == 304) {
            return;
        }
        try (OutputStream out = new TimedOutput(response.getOutputStream(), deadlines, limits.writeMs(), hangUp)) {
            answer.body().writeTo(out);
            out.flush();
        }
    }

    @Override
    public @Nullable String toString() {
        return "the observer's front";
    }
}
