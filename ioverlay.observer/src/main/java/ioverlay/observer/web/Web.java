package ioverlay.observer.web;

import com.google.gson.JsonObject;
import ioverlay.api.observer.Uploads;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.History;
import ioverlay.observer.history.LogLine;
import jakarta.servlet.Servlet;
import java.time.InstantSource;
import java.util.List;

/**
 * The observer's page and REST interface, as one servlet for {@code /*} that supports asynchronous requests. Parts of the
 * observer add their resources as {@link Routes}; then the servlet is given to a server.
 *
 * <p><b>Threads:</b> any. Close is idempotent and takes a second at most: pages that listen are sent away, and who waits
 * for an answer gets it.
 */
public final class Web implements Routes, Feed, AutoCloseable {
    private static final Asked.Limits LIMITS = new Asked.Limits(5_000, 120_000, 20_000);

    private final Router router = new Router();
    private final Deadlines deadlines = new Deadlines();
    private final Pushes pushes;
    private final Metrics metrics;
    private final Front front;
    private final SwapAdvice advice;

    /** Without any node in it yet; the page's files come from the folder {@code page/} of that class path. */
    public Web(Fleet fleet, History history, ClassLoader files) {
        this(fleet, history, files, LIMITS);
    }

    Web(Fleet fleet, History history, ClassLoader files, Asked.Limits limits) {
        this.pushes = new Pushes(fleet, history.past());
        this.metrics = new Metrics(fleet);
        metrics.gauge("overlay_pages_listening", "Pages that listen to events.", pushes::listening);
        metrics.counter(
                "overlay_history_dropped_total", "Samples and lines the disk was too slow for.", history::dropped);
        this.front = new Front(router, new Page(files, "page/"), deadlines, limits, metrics);
        new NodeResources(fleet).addTo(router);
        this.advice = new SwapAdvice(fleet);
        new CommandResources(fleet, advice).addTo(router);
        new HistoryResources(fleet, history, InstantSource.system()).addTo(router);
        new Topology(fleet).addTo(router);
        metrics.addTo(router);
        new Description().addTo(router);
        router.add("GET", "/api/events", pushes);
    }

    @Override
    public void add(String method, String path, Resource resource, String... queries) {
        router.add(method, path, resource, queries);
    }

    /** What is kept here: who is refused a swap since its container has it not is told. */
    public void advise(Uploads uploads) {
        advice.read(uploads);
    }

    @Override
    public void push(String event, JsonObject data) {
        pushes.push(event, data);
    }

    /** Pushes a line of the log. */
    public void push(LogLine line) {
        metrics.happened(line.happening());
        pushes.push(line);
    }

    /** Pushes a node that changed. */
    public void push(Member member) {
        metrics.changed();
        pushes.push(member);
    }

    /** What was added, for its description to be held to. */
    List<Router.Route> routes() {
        return router.routes();
    }

    /** To be served at {@code /*}, asynchronous requests supported. */
    public Servlet servlet() {
        return front;
    }

    @Override
    public void close() {
        pushes.close();
        front.close();
        deadlines.close();
    }
}
