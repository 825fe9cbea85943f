package ioverlay.agent;

import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.LineType;
import ioverlay.api.container.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last events for one observer, numbered, for the time when it does not listen.
 *
 * <p><b>Threads:</b> any.
 */
final class EventRing {
    /** The most that are kept. */
    static final int MOST = 1000;

    private static final int LONGEST_SENTENCE = 4000;

    private record Kept(Event event, String id) {}

    private final Deque<Kept> kept = new ArrayDeque<>();
    private long last;
    private boolean closed;

    /** Keeps one; the oldest goes where there are too many. */
    synchronized void add(Event event, String id) {
        last++;
        if (kept.size() == MOST) {
            kept.removeFirst();
        }
        kept.addLast(new Kept(event, id));
        notifyAll();
    }

    /**
     * The first that is kept after this number; waits until there is one. How many between are not kept is told in it.
     *
     * @throws InterruptedException also when this was closed
     */
    synchronized Next next(long after) throws InterruptedException {
        while (last <= after && !closed) {
            wait();
        }
        if (closed) {
            throw new InterruptedException("events end");
        }
        long oldest = last - kept.size() + 1;
        long number = Math.max(after + 1, oldest);
        Kept next = kept.stream().skip(number - oldest).findFirst().orElseThrow();
        return new Next(number, frame(number, number - after - 1, next));
    }

    /**
     * An event on its way.
     *
     * @param number of it
     * @param frame to be sent
     */
    record Next(long number, Frame frame) {}

    /** The number of the latest. */
    synchronized long last() {
        return last;
    }

    /** Ends every wait. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private static Frame frame(long number, long missed, Kept kept) {
        Event event = kept.event();
        JsonObject json = new JsonObject();
        json.addProperty("number", number);
        if (missed > 0) {
            json.addProperty("missed", missed);
        }
        json.addProperty("time", event.time().toString());
        json.addProperty("kind", event.kind());
        json.addProperty("node", event.node());
        json.addProperty("id", kept.id());
        json.addProperty("sentence", shortened(event.sentence()));
        json.add("detail", event.detail());
        if (json.toString().getBytes(StandardCharsets.UTF_8).length > Frame.MAX_PAYLOAD) {
            JsonObject omitted = new JsonObject();
            omitted.addProperty("omitted", true);
            json.add("detail", omitted);
        }
        return Frame.of(LineType.EVENT, 0, json);
    }

    private static String shortened(String sentence) {
        return sentence.length() <= LONGEST_SENTENCE ? sentence : sentence.substring(0, LONGEST_SENTENCE) + "…";
    }
}
