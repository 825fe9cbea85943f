package ioverlay.io.opening;

import ioverlay.api.NodeId;
import ioverlay.io.shared.Clock;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The publicized port of a node (paper, section 2.2): takes connections and opens links on them. Who says nothing is
 * shown out.
 *
 * <p><b>Threads:</b> one virtual thread that accepts, one per connection that opens it and then receives.
 */
public final class Acceptor {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());
    private static final int BACKLOG = 1024;
    private static final long RETRY_MS = 100;

    private final ServerSocketChannel server;
    private final Clock clock;
    private final int socketBufferBytes;
    private final Limits limits;
    private final Semaphore places;
    private final Verbosity verbosity = new Verbosity();

    private Acceptor(ServerSocketChannel server, Clock clock, int socketBufferBytes, Limits limits) {
        this.server = server;
        this.clock = clock;
        this.socketBufferBytes = socketBufferBytes;
        this.limits = limits;
        this.places = new Semaphore(limits.connections());
    }

    /**
     * Listens; connections wait until the start.
     *
     * @param socketBufferBytes of the kernel, per connection and direction
     * @throws BindException if the port is taken; names it
     */
    public static Acceptor listen(InetSocketAddress at, Clock clock, int socketBufferBytes, Limits limits)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.setOption(StandardSocketOptions.SO_RCVBUF, socketBufferBytes);
            server.bind(at, BACKLOG);
            return new Acceptor(server, clock, socketBufferBytes, limits);
        } catch (IOException e) {
            Channels.close(server);
            BindException named = new BindException("cannot listen at "
                    + at.getAddress().getHostAddress() + ":" + at.getPort() + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    /**
     * Where it listens, with the port that it got.
     *
     * @throws IOException if it is closed
     */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    private void say(String sentence) {
        if (verbosity.admits(System.nanoTime())) {
            LOG.log(System.Logger.Level.WARNING, sentence);
        }
    }

    /** Takes connections for this node, until the close. */
    public void start(Opener node) {
        node.threads().start("accept", () -> {
            while (server.isOpen()) {
                try {
                    take(node, server.accept());
                } catch (ClosedChannelException e) {
                    return; // the node closes
                } catch (IOException e) {
                    say(node.name() + " cannot accept a connection: " + e.getMessage());
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MS)); // out of descriptors, most likely
                }
            }
        });
    }

    private void take(Opener node, SocketChannel channel) {
        node.accepted();
        if (!places.tryAcquire()) {
            node.refused();
            Channels.close(channel);
            return;
        }
        Runnable over = () -> {
            Channels.close(channel);
            places.release();
        };
        boolean started = node.threads().start("link-in", () -> serve(node, channel, over));
        if (!started) {
            Channels.close(channel); // the node closes
        }
    }

    private void serve(Opener node, SocketChannel channel, Runnable over) {
        Opening opening;
        Future<?> deadline = clock.after(TimeUnit.MILLISECONDS.toNanos(limits.helloMs()), () -> {
            node.silent();
            Channels.close(channel);
        });
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, socketBufferBytes);
            opening = open(node, channel);
        } catch (IOException e) {
            say(node.name() + " refused a connection: "
                    + (channel.isOpen() ? e.getMessage() : "it said nothing for " + limits.helloMs() + " ms"));
            over.run();
            return;
        } finally {
            deadline.cancel(false);
        }
        Hello hello = opening.theirs;
        if (hello.role() == Hello.PROBE) {
            probed(node, hello.node(), channel);
            over.run();
        } else {
            node.opened(hello.node(), opening.mine, channel, over);
        }
    }

    private void probed(Opener node, NodeId peer, SocketChannel channel) {
        Future<?> deadline = Channels.closeAfter(limits.probeMs(), channel, clock);
        node.probed(peer, channel);
        deadline.cancel(false);
    }

    /** What both have said. */
    private record Opening(Hello theirs, Hello mine) {}

    private static Opening open(Opener node, SocketChannel channel) throws IOException {
        try {
            Hello hello = Handshake.accept(channel);
            if (hello.node().equals(node.self())) {
                throw new IOException("a node does not dial itself");
            }
            Hello mine = node.welcome(hello);
            Handshake.welcome(channel, mine);
            return new Opening(hello, mine);
        } catch (IOException e) {
            if (channel.isOpen()) {
                node.refused();
                Handshake.refuse(channel, node.hello(Hello.NODE), String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** Listens no more; links that are open go on. */
    public void close() {
        Channels.close(server);
    }
}
