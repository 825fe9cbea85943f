package ioverlay.agent;

import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import ioverlay.api.NodeId;
import ioverlay.api.container.Event;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The way to one observer: dials it, for ever, and has a {@link Conversation} while a line is open.
 *
 * <p><b>Threads:</b> any; dialling and reading are one virtual thread's.
 */
final class Uplink implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Uplink.class.getName());
    private static final int CONNECT_MS = 3000;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5000;

    private final NodeId observer;
    private final Opening opening;
    private final Desk desk;
    private final EventRing events = new EventRing();
    private final Roster roster = new Roster();
    private final Thread thread;

    /** Set by the thread that dials, used by those that tell of nodes. */
    private volatile Optional<Conversation> open = Optional.empty();

    /** Set by those, closed by who closes. */
    private volatile Optional<Line> line = Optional.empty();

    private volatile boolean closed;
    private final Said said = new Said(LOG, System::nanoTime);

    Uplink(NodeId observer, Opening opening, Desk desk) {
        this.observer = observer;
        this.opening = opening;
        this.desk = desk;
        thread = Thread.ofVirtual().name("overlay-agent-" + observer).unstarted(this::dialAlways);
    }

    /** Begins to dial. */
    void start() {
        thread.start();
    }

    boolean isEmpty() {
        return roster.isEmpty();
    }

    void happened(Event event, String id) {
        events.add(event, id);
    }

    void arrived(NodeId id, String name) {
        roster.add(id, name);
        open.ifPresent(now -> now.arrived(id, name));
    }

    void gone(NodeId id) {
        roster.remove(id);
        open.ifPresent(now -> now.gone(id));
    }

    private void dialAlways() {
        long pauseMs = FIRST_PAUSE_MS;
        while (!closed) {
            long began = System.nanoTime();
            try {
                converse();
            } catch (IOException e) {
                if (!closed) {
                    said.broke(observer, String.valueOf(e.getMessage()));
                }
            } catch (RuntimeException e) {
                // The boundary of a conversation: whatever a command ran into ends the line, not the dialling.
                LOG.log(Level.WARNING, "the line to the observer at " + observer + " broke", e);
            }
            boolean lasted = System.nanoTime() - began > LONGEST_PAUSE_MS * 1_000_000;
            pauseMs = lasted ? FIRST_PAUSE_MS : pauseMs;
            if (!closed) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pauseMs / 2, pauseMs + 1) * 1_000_000);
            }
            pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        }
    }

    private void converse() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(observer.socketAddress(), CONNECT_MS);
            if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
                // Whoever dials a free port of its own machine for long enough gets through to itself, and keeps the
                // port.
                throw new ConnectException("nobody listens there");
            }
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        try (Line fresh = Line.over(socket)) {
            line = Optional.of(fresh);
            if (closed) {
                return;
            }
            fresh.put(opening.frame());
            long after = welcomed(fresh.readOpening());
            said.open(observer);
            Conversation conversation = new Conversation(fresh, roster, desk);
            open = Optional.of(conversation);
            conversation.serve(events, after);
        } finally {
            open = Optional.empty();
            line = Optional.empty();
        }
    }

    private static long welcomed(Frame answer) throws IOException {
        if (answer.type() == LineType.UNWELCOME) {
            throw new ProtocolException("it does not want this container: " + answer.text());
        }
        if (answer.type() != LineType.WELCOME) {
            throw new ProtocolException("it is no observer");
        }
        try {
            return answer.object().get("event").getAsLong();
        } catch (RuntimeException e) {
            // Boundary of the wire: a welcome that is none costs the line.
            throw (ProtocolException) new ProtocolException("its WELCOME names no event").initCause(e);
        }
    }

    /** The container ends: its nodes are signed off, and the observer is not dialled again. */
    void leave() {
        closed = true;
        open.ifPresent(Conversation::leave);
    }

    /** Ends the line and dials no more. Idempotent. */
    @Override
    public void close() {
        closed = true;
        events.close();
        line.ifPresent(Line::close);
        LockSupport.unpark(thread);
    }
}
