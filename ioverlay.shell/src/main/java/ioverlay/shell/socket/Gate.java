package ioverlay.shell.socket;

import ioverlay.shell.wire.Frame;
import ioverlay.shell.wire.Kind;
import ioverlay.shell.wire.Opening;
import ioverlay.shell.wire.Wire;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets the container's own user in, at most {@link #MOST_GUESTS} at a time.
 *
 * <p><b>Threads:</b> {@code overlay-shell-gate} accepts, {@code overlay-shell-N} serves one client each; all end with
 * {@link #close}.
 */
final class Gate implements AutoCloseable {
    /** The most shells at a time. */
    static final int MOST_GUESTS = 8;

    /** A client that says nothing for so long is shown out. */
    private static final long OPENING_LIMIT_MS = 3000;

    private static final long END_LIMIT_MS = 2000;
    private static final int FAILED = 1;
    private static final System.Logger LOG = System.getLogger(Gate.class.getName());

    private final SocketFile file;
    private final House house;
    private final Map<Wire, Thread> guests = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final Thread acceptor;

    /** Written by whoever closes, read by all threads: afterwards nobody is let in. */
    private volatile boolean closed;

    /** Listens in a data directory. */
    Gate(Path directory, House house) throws IOException {
        this.file = SocketFile.in(directory);
        this.house = house;
        this.acceptor = Thread.ofVirtual().name("overlay-shell-gate").start(this::accept);
    }

    private void accept() {
        try {
            while (!closed) {
                admit(file.channel().accept());
            }
        } catch (IOException e) {
            if (!closed) {
                LOG.log(System.Logger.Level.WARNING, "no shell can come in any more: " + e.getMessage());
            }
        }
    }

    private void admit(SocketChannel channel) {
        Wire wire = new Wire(channel);
        String name = "overlay-shell-" + number.incrementAndGet();
        // Platform: commands of others may block in ways that hold a carrier.
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> serve(wire, channel, name));
        guests.put(wire, thread);
        thread.start();
    }

    private void serve(Wire wire, SocketChannel channel, String name) {
        try (wire) {
            if (!Peer.isOwner(channel, file.path())) {
                LOG.log(System.Logger.Level.WARNING, "another user has tried to open a shell and was not let in");
            } else if (guests.size() > MOST_GUESTS) {
                wire.exit(FAILED, MOST_GUESTS + " shells are open, which is the most: leave one");
            } else {
                Guest guest = new Guest(wire, opening(wire, name), house);
                guest.serve(name);
            }
        } catch (Exception e) {
            // Boundary of a client: whatever it breaks is its own shell.
            LOG.log(System.Logger.Level.DEBUG, "a shell has ended", e);
        } finally {
            guests.remove(wire);
        }
    }

    private Opening opening(Wire wire, String name) throws IOException {
        Thread limit = Thread.ofVirtual().name(name + "-opening").start(() -> expire(wire));
        try {
            Optional<Frame> first = wire.read();
            if (first.isEmpty() || first.get().kind() != Kind.OPEN) {
                throw new IOException("a client did not open its shell");
            }
            return Opening.of(first.get().payload());
        } finally {
            limit.interrupt();
        }
    }

    private static void expire(Wire wire) {
        try {
            TimeUnit.MILLISECONDS.sleep(OPENING_LIMIT_MS);
            wire.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has spoken in time
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a silent client cannot be shown out", e);
        }
    }

    /** Nobody comes in any more; who is in is told and shown out. Idempotent. */
    @Override
    public void close() throws IOException {
        closed = true;
        file.close();
        for (Map.Entry<Wire, Thread> guest : guests.entrySet()) {
            Thread.ofVirtual().name("overlay-shell-farewell").start(() -> farewell(guest.getKey()));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_LIMIT_MS);
        try {
            for (Map.Entry<Wire, Thread> guest : guests.entrySet()) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                guest.getValue().join(Math.max(1, leftMs));
                guest.getKey().close();
            }
            acceptor.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void farewell(Wire wire) {
        try (wire) {
            wire.exit(FAILED, "the container has stopped");
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a client is gone already", e);
        }
    }
}
