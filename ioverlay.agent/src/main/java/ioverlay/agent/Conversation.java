package ioverlay.agent;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Replies;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line to the observer that is open, from its WELCOME to its end.
 *
 * <p><b>Threads:</b> {@link #serve} is its reader's; the rest any.
 */
final class Conversation {
    /** The observer asks more often than this, in milliseconds: who hears nothing for so long dials anew. */
    static final int SILENCE_MS = 180_000;

    /** After so long at most a node that was refused registers again, in milliseconds. */
    static final int AGAIN_MS = 2000;

    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    private final Line line;
    private final Roster roster;
    private final Desk desk;
    private final AtomicInteger ids = new AtomicInteger();
    private final Set<NodeId> registered = ConcurrentHashMap.newKeySet();
    private final Map<Integer, NodeId> booting = new ConcurrentHashMap<>();

    /** Nodes that register again since they were refused, and with which sentence. */
    private final Map<NodeId, String> refused = new ConcurrentHashMap<>();

    private final Map<Integer, Transfer> transfers = new ConcurrentHashMap<>();
    private final Replies replies = new Replies();

    /**
     * Begins.
     *
     * @param roster of the nodes that register here
     */
    Conversation(Line line, Roster roster, Desk desk) {
        this.line = line;
        this.roster = roster;
        this.desk = desk;
    }

    /**
     * Obeys until the line ends.
     *
     * @throws IOException when it does, with why
     */
    void serve(EventRing events, long after) throws IOException {
        Thread pusher = Thread.ofVirtual()
                .name("overlay-agent-events-" + line.peer())
                .start(() -> push(events, Math.min(after, events.last())));
        try {
            roster.nodes().forEach(this::there);
            while (true) {
                take(line.read(SILENCE_MS));
            }
        } finally {
            pusher.interrupt();
            line.close();
        }
    }

    private void push(EventRing events, long after) {
        try {
            for (long last = after; ; ) {
                EventRing.Next next = events.next(last);
                line.putBulk(next.frame());
                last = next.number();
            }
        } catch (IOException | InterruptedException e) {
            LOG.log(Level.DEBUG, "no more events to {0}: {1}", line.peer(), e.getMessage());
        }
    }

    /** It may have ended since the roster was read: who says so finds it registered, or it does not register. */
    private synchronized void there(NodeId id, String name) {
        if (roster.name(id).isPresent()) {
            arrived(id, name);
        }
    }

    /** A node is there: it registers, once. */
    synchronized void arrived(NodeId id, String name) {
        if (registered.add(id)) {
            boot(id, name);
        }
    }

    private void boot(NodeId id, String name) {
        JsonObject boot = new JsonObject();
        boot.addProperty("node", id.toString());
        boot.addProperty("name", name);
        int request = ids.incrementAndGet();
        booting.put(request, id);
        say(Frame.of(LineType.BOOT, request, boot));
    }

    /** A node has ended, and is not on the roster any more. */
    synchronized void gone(NodeId id) {
        if (registered.remove(id)) {
            booting.values().remove(id);
            refused.remove(id);
            JsonObject gone = new JsonObject();
            gone.addProperty("node", id.toString());
            say(Frame.of(LineType.GONE, 0, gone));
        }
    }

    /** All that registered are about to end with their container: says so, and ends the line. */
    void leave() {
        List.copyOf(registered).forEach(this::gone);
        line.flush(1000);
        line.close();
    }

    private void take(Frame frame) throws IOException {
        switch (frame.type()) {
            case LineType.COMMAND -> desk.obey(this, frame.param1(), frame.object());
            case LineType.CHUNK -> {
                Transfer transfer = transfers.get(frame.param1());
                if (transfer != null) { // else it was refused, or is all here
                    transfer.add(Integer.toUnsignedLong(frame.param2()), frame.payload());
                }
            }
            case LineType.REPLY -> {
                if (replies.add(frame)) {
                    booted(frame.param1(), replies.finish(frame.param1()));
                }
            }
            default ->
                throw new ProtocolException(
                        "an observer does not say frames of type 0x" + Integer.toHexString(frame.type()));
        }
    }

    private void booted(int request, JsonObject answer) throws ProtocolException {
        NodeId node = booting.remove(request);
        if (node == null) {
            return; // it has ended meanwhile
        }
        if (answer.get("refused") instanceof JsonPrimitive sentence) {
            refused(node, sentence.getAsString());
            return;
        }
        if (!(answer.get("result") instanceof JsonObject result) || !(result.get("nodes") instanceof JsonArray list)) {
            LOG.log(Level.WARNING, "{0} does not answer boot of {1} with nodes: {2}", line.peer(), node, answer);
            return;
        }
        if (refused.remove(node) != null) {
            LOG.log(Level.INFO, "the observer {0} knows node {1} now", line.peer(), node);
        }
        List<NodeId> known = new ArrayList<>();
        try {
            for (JsonElement each : list) {
                known.add(NodeId.parse(each.getAsString()));
            }
        } catch (RuntimeException e) {
            // Boundary of the wire: an answer that is none costs the line.
            throw (ProtocolException) new ProtocolException("an answer to boot names nodes as IP:port").initCause(e);
        }
        desk.booted(node, known);
    }

    /** It registers again in a moment, as often as it takes; a reason that lasts is said once. */
    private void refused(NodeId node, String sentence) {
        boolean isNew = !sentence.equals(refused.put(node, sentence));
        LOG.log(
                isNew ? Level.WARNING : Level.DEBUG,
                "the observer {0} does not take node {1}, which tries again: {2}",
                line.peer(),
                node,
                sentence);
        desk.later(ThreadLocalRandom.current().nextLong(AGAIN_MS / 2, AGAIN_MS), () -> again(node));
    }

    private synchronized void again(NodeId node) {
        roster.name(node).filter(name -> registered.contains(node)).ifPresent(name -> boot(node, name));
    }

    /** Whether a node obeys on this line. */
    boolean has(String node) {
        return roster.has(node);
    }

    /** The names of the nodes that obey on this line, by id. */
    Map<NodeId, String> nodes() {
        return roster.nodes();
    }

    /** The chunks of this request go there. */
    void expect(int request, Transfer transfer) {
        transfers.values().removeIf(other -> other.equals(transfer) || other.hasFailed());
        transfers.put(request, transfer);
    }

    /** Sends an answer; waits for room, so never on the reader's thread. */
    void answer(List<Frame> frames) {
        frames.forEach(this::put);
    }

    /** Never waits, since it is said on the container's thread: an observer that has read nothing for so long loses the line. */
    private void say(Frame frame) {
        if (!line.offer(frame)) {
            line.close();
        }
    }

    private void put(Frame frame) {
        try {
            line.put(frame);
        } catch (IOException e) {
            // Whoever reads the line sees its end, and dials anew.
            LOG.log(Level.DEBUG, "{0} is not told: {1}", line.peer(), e.getMessage());
        }
    }
}
