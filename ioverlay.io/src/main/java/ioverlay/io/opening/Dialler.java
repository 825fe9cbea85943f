package ioverlay.io.opening;

import ioverlay.api.NodeId;
import ioverlay.io.shared.Clock;
import ioverlay.io.threads.Threads;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Opens connections to neighbours, each on a virtual thread of its own that ends with the opening.
 *
 * <p><b>Threads:</b> {@link #dial} from any, returns at once; {@link #connect} blocks its caller.
 */
public final class Dialler {
    private static final long[] BACK_OFF_MS = {50, 200, 800};

    private final InetSocketAddress local;
    private final Clock clock;
    private final int socketBufferBytes;
    private final long openMs;

    /**
     * A dialler.
     *
     * @param listen where the node listens: it dials from the same address
     * @param socketBufferBytes of the kernel, per direction
     * @param openMs for one attempt
     */
    public Dialler(InetSocketAddress listen, Clock clock, int socketBufferBytes, long openMs) {
        this.local = new InetSocketAddress(listen.getAddress(), 0);
        this.clock = clock;
        this.socketBufferBytes = socketBufferBytes;
        this.openMs = openMs;
    }

    /** How long one attempt may take. */
    public long openMs() {
        return openMs;
    }

    /**
     * Opens a link, in a few attempts with a deadline each; one of the two is told, once, by the thread that dials.
     *
     * @param opened the link is open, its channel non-blocking
     * @param failed no attempt came through: a sentence about the last
     */
    public void dial(
            Threads threads,
            NodeId peer,
            Hello mine,
            BiConsumer<SocketChannel, Hello> opened,
            Consumer<String> failed) {
        threads.start("dial-" + peer, () -> {
            try {
                open(peer, mine, opened);
            } catch (IOException e) {
                failed.accept(String.valueOf(e.getMessage()));
            }
        });
    }

    private void open(NodeId peer, Hello mine, BiConsumer<SocketChannel, Hello> opened) throws IOException {
        for (int attempt = 0; ; attempt++) {
            SocketChannel channel = SocketChannel.open();
            try {
                Hello welcome = connect(channel, peer, mine);
                channel.configureBlocking(false);
                opened.accept(channel, welcome);
                return;
            } catch (IOException e) {
                Channels.close(channel);
                if (attempt == BACK_OFF_MS.length) {
                    throw e;
                }
                pause(BACK_OFF_MS[attempt]);
            }
        }
    }

    private static void pause(long millis) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the node closed while it dialled");
        }
    }

    /**
     * Connects the channel and opens the link on it.
     *
     * @throws IOException a sentence that names the peer
     */
    public Hello connect(SocketChannel channel, NodeId peer, Hello mine) throws IOException {
        Future<?> deadline = Channels.closeAfter(openMs, channel, clock);
        try {
            option(channel, StandardSocketOptions.SO_SNDBUF, socketBufferBytes);
            option(channel, StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(local);
            channel.connect(peer.socketAddress());
            Hello welcome = Handshake.dial(channel, mine);
            if (!welcome.node().equals(peer)) {
                throw new IOException("the peer says that it is " + welcome.node());
            }
            return welcome;
        } catch (IOException e) {
            throw new IOException(peer + " cannot be dialled: " + reason(e), e);
        } finally {
            deadline.cancel(false);
        }
    }

    private String reason(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return "the node closed";
        }
        // A refused connect closes the channel as well; only the deadline closes it under a thread that waits.
        return e instanceof ClosedChannelException
                ? "no answer within " + openMs + " ms"
                : String.valueOf(e.getMessage());
    }

    private static <T> void option(SocketChannel channel, SocketOption<T> name, T value) throws IOException {
        channel.setOption(name, value);
    }
}
