package ioverlay.observer.fleet;

import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import ioverlay.api.NodeId;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Listens at the observer's publicized port, and lets containers in. Whoever is none loses the connection.
 *
 * <p><b>Threads:</b> any; one virtual thread accepts, each line has another.
 */
public final class Reception implements AutoCloseable {
    /** The most connections that have not said who they are. */
    static final int MOST_STRANGERS = 64;

    /** The most lines. */
    static final int MOST_LINES = 1024;

    private static final Logger LOG = System.getLogger(Reception.class.getName());
    private static final int BACKLOG = 256;
    private static final int CLOSE_MS = 1000;

    private final ServerSocket server;
    private final NodeId address;
    private final Switchboard board;
    private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
    private final Semaphore lines = new Semaphore(MOST_LINES);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread accepting;

    /** Set by who closes, read by the thread that accepts. */
    private volatile boolean closed;

    private Reception(ServerSocket server, Switchboard board) {
        this.server = server;
        this.board = board;
        address = NodeId.of((InetSocketAddress) server.getLocalSocketAddress());
        accepting = Thread.ofVirtual().name("overlay-reception-" + address).unstarted(this::accept);
    }

    /**
     * Opens it.
     *
     * @param where a loopback address; port 0 is any free one
     * @throws IOException if it cannot listen there
     */
    public static Reception open(InetSocketAddress where, Switchboard board) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(where, BACKLOG);
            Reception reception = new Reception(server, board);
            reception.accepting.start();
            return reception;
        } catch (IOException | IllegalArgumentException e) {
            server.close();
            throw e;
        }
    }

    /** Where it listens. */
    public NodeId listens() {
        return address;
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                if (!strangers.tryAcquire()) {
                    socket.close(); // who is in earnest dials again
                    continue;
                }
                open.add(socket);
                Thread.ofVirtual()
                        .name("overlay-line-" + socket.getRemoteSocketAddress())
                        .start(() -> receive(socket));
            } catch (IOException e) {
                if (!closed) {
                    LOG.log(Level.WARNING, "a connection was not accepted: {0}", e.getMessage());
                }
            }
        }
    }

    private void receive(Socket socket) {
        try (Line line = board.line(socket)) {
            Opening opening;
            try {
                opening = introduced(line);
            } finally {
                strangers.release();
            }
            serve(line, opening);
        } catch (IOException e) {
            // Without a byte: a container looks whether somebody listens before it asks for a line.
            Level level = closed || e instanceof EOFException ? Level.DEBUG : Level.INFO;
            LOG.log(level, "{0} is no container: {1}", peer(socket), e.getMessage());
        } catch (RuntimeException e) {
            // Connection boundary: it is closed, the others go on.
            LOG.log(Level.WARNING, "a line from " + peer(socket) + " failed", e);
        } finally {
            open.remove(socket);
        }
    }

    private static String peer(Socket socket) {
        return String.valueOf(socket.getRemoteSocketAddress()).replace("/", "");
    }

    private static Opening introduced(Line line) throws IOException {
        Opening opening = Opening.read(line.readOpening());
        if (!opening.speaksOurs()) {
            throw turnedAway(
                    line,
                    "this observer speaks version " + Opening.VERSION + " of the line, and the container "
                            + opening.least() + " to " + opening.most());
        }
        return opening;
    }

    /** Says why, and gives what ends the line. */
    static IOException turnedAway(Line line, String sentence) {
        line.offer(Frame.of(LineType.UNWELCOME, sentence));
        line.flush(1000);
        return new IOException(sentence);
    }

    private void serve(Line line, Opening opening) throws IOException {
        if (!lines.tryAcquire()) {
            throw turnedAway(line, "an observer has at most " + MOST_LINES + " lines");
        }
        try {
            board.serve(line, opening);
        } finally {
            lines.release();
        }
    }

    /** Listens no more, and ends every line. Idempotent. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
            accepting.join(CLOSE_MS); // the port is free then
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the reception did not close well", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself
        }
    }
}
