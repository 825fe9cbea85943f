package ioverlay.observer.web;

import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.LogLine;
import ioverlay.observer.history.Past;
import jakarta.servlet.Servlet;

/**
 * The observer's page and REST interface, as one servlet for {@code /*} that supports asynchronous requests. Parts of the
 * observer add their resources as {@link Routes}; then the servlet is given to a server.
 *
 * <p><b>Threads:</b> any. Close is idempotent: pages that listen are sent away.
 */
public final class Web implements Routes, Feed, AutoCloseable {
    private static final Asked.Limits LIMITS = new Asked.Limits(10_000, 120_000, 20_000);

    private final Router router = new Router();
    private final Deadlines deadlines = new Deadlines();
    private final Pushes pushes;
    private final Front front;

    /** Without any node in it yet; the page's files come from the folder {@code page/} of that class path. */
    public Web(Fleet fleet, Past past, ClassLoader files) {
        this(fleet, past, files, LIMITS);
    }

    Web(Fleet fleet, Past past, ClassLoader files, Asked.Limits limits) {
        this.pushes = new Pushes(fleet, past);
        this.front =
                new Front(router, new Page(files, "page/"), deadlines, limits, (method, route, status, tookNs) -> {});
        new NodeResources(fleet).addTo(router);
        router.add("GET", "/api/events", pushes);
    }

    @Override
    public void add(String method, String path, Resource resource, String... queries) {
        router.add(method, path, resource, queries);
    }

    @Override
    public void push(String event, com.google.gson.JsonObject data) {
        pushes.push(event, data);
    }

    /** Pushes a line of the log. */
    public void push(LogLine line) {
        pushes.push(line);
    }

    /** Pushes a node that changed. */
    public void push(Member member) {
        pushes.push(member);
    }

    /** To be served at {@code /*}, asynchronous requests supported. */
    public Servlet servlet() {
        return front;
    }

    @Override
    public void close() {
        pushes.close();
        deadlines.close();
    }
}
