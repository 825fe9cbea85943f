package ioverlay.observer.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Lines;
import ioverlay.observer.history.LogLine;
import ioverlay.observer.history.Past;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Server-sent events for the pages, {@code GET /api/events} of {@code docs/rest.md}. Lines of the log have numbers, so a page
 * that comes again with the last one gets what it missed, from the database, also after the observer was started anew.
 * Nodes that change are pushed together, every {@value #BETWEEN_MS} ms at most.
 *
 * <p>Bounds: {@value #MOST_CLIENTS} pages at once, {@link Client#MOST_WAITING} events that wait for each, {@value
 * #MOST_MISSED} missed lines.
 *
 * <p><b>Threads:</b> any may push; {@code overlay-web-pushes} gathers changes; each page is written by its request's own.
 */
final class Pushes implements Feed, Resource, AutoCloseable {
    private static final int MOST_CLIENTS = 64;
    private static final int MOST_MISSED = 1000;
    private static final long BETWEEN_MS = 500;

    private final Fleet fleet;
    private final Past past;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Function<Member, JsonObject> summary;

    /** Guarded by itself, and held until it is pushed: what is said of a node keeps its order. */
    private final Map<String, Member> changed = new LinkedHashMap<>();

    private final Thread gatherer;
    private volatile boolean closed; // read by requests that come while it closes

    Pushes(Fleet fleet, Past past) {
        this(fleet, past, NodeSummary::of);
    }

    /** With its own way to write a node down. */
    Pushes(Fleet fleet, Past past, Function<Member, JsonObject> summary) {
        this.fleet = fleet;
        this.past = past;
        this.summary = summary;
        this.gatherer = Thread.ofVirtual().name("overlay-web-pushes").start(this::gather);
    }

    @Override
    public void push(String event, JsonObject data) {
        send(Frame.of(event, data.toString()));
    }

    /** Pushes a line of the log; its number is the event's. */
    void push(LogLine line) {
        send(Frame.of(line));
    }

    /** Pushes a node, with others that change within the same moment; or that it has gone, at once. */
    void push(Member member) {
        String id = member.id().toString();
        synchronized (changed) {
            if (member.state() == Member.State.GONE) {
                changed.remove(id);
                JsonObject data = new JsonObject();
                data.addProperty("node", id);
                push("gone", data);
            } else {
                changed.put(id, member);
                changed.notifyAll();
            }
        }
    }

    private void send(Frame frame) {
        for (Client client : clients) {
            client.offer(frame);
        }
    }

    private void gather() {
        try {
            while (!closed) {
                synchronized (changed) {
                    while (changed.isEmpty()) {
                        changed.wait();
                    }
                    if (!clients.isEmpty()) {
                        push("nodes", nodes(changed.values()));
                    }
                    changed.clear();
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private JsonObject nodes(Collection<Member> members) {
        JsonArray nodes = new JsonArray();
        members.forEach(member -> nodes.add(summary.apply(member)));
        JsonObject data = new JsonObject();
        data.add("nodes", nodes);
        return data;
    }

    /** Who is not among them is not there: what follows on the stream is newer. */
    private JsonObject all() {
        JsonObject data = nodes(fleet.members());
        data.addProperty("all", true);
        return data;
    }

    @Override
    public Answer answer(Request request) {
        // Asked before it listens: what comes between the two is then in both, and not in neither.
        long latest = past.latest();
        long last = request.header("Last-Event-ID")
                .map(Pushes::number)
                .map(number -> Math.min(number, latest))
                .orElse(-1L);
        if (closed) {
            throw new Problem(503, "the observer ends");
        }
        if (clients.size() >= MOST_CLIENTS) {
            throw new Problem(503, "at most " + MOST_CLIENTS + " pages may listen at once: close one");
        }
        return new Answer(
                200, "text/event-stream;charset=utf-8", Map.of("X-Accel-Buffering", "no"), out -> serve(last, out));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new Problem(
                    400,
                    "Last-Event-ID must be a number of the log, not '" + text.substring(0, Math.min(40, text.length()))
                            + "'");
        }
        return Long.parseLong(text);
    }

    /** Until the page is gone, does not keep up, or the observer closes. What is pushed meanwhile waits at the client. */
    private void serve(long last, OutputStream out) throws IOException {
        // Not before its answer is written: who asks for the head alone takes no place.
        Client client = new Client();
        clients.add(client);
        try {
            client.begin(out, Frame.of("nodes", all().toString()));
            long sent = last;
            if (last >= 0) {
                // One after the other: a thousand of the longest would be a hundred megabytes.
                Lines missed = past.missed(last, MOST_MISSED);
                for (Optional<LogLine> line = missed.next(); line.isPresent(); line = missed.next()) {
                    Frame.of(line.get()).writeTo(out);
                    sent = line.get().number();
                }
            }
            out.flush();
            while (!closed && client.keepsUp()) {
                Optional<Frame> next = client.next();
                // What was pushed while the past was read is in both.
                if (next.isEmpty() || next.get().number() == 0 || next.get().number() > sent) {
                    next.orElse(Frame.COMMENT).writeTo(out);
                }
                if (client.isIdle()) {
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
        }
    }

    /** How many pages listen. */
    int listening() {
        return clients.size();
    }

    @Override
    public void close() {
        closed = true;
        gatherer.interrupt();
        clients.forEach(Client::end);
    }
}
