package ioverlay.io.shared;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One platform thread with one selector over all dialled channels of a container: it reads what comes back on them and
 * says when one is writable again.
 *
 * <p><b>Threads:</b> {@link #register} and {@link #wantWrite} from any.
 */
public final class Poller implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Poller.class.getName());
    private static final long CLOSE_TIMEOUT_MS = 2_000;

    private final Selector selector;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Thread thread;

    /** A channel's side of the conversation; called on the poller's thread and must return at once. */
    public interface Peer {
        /** The channel, in non-blocking mode. */
        SocketChannel channel();

        /** Bytes or the end of the stream are there to be read. */
        void readable();

        /** The channel takes bytes again. */
        void writable();

        /** The channel was closed before it could be registered, or its handling threw. */
        void broken(Exception why);
    }

    /**
     * Starts the thread.
     *
     * @throws IOException if the system gives no selector
     */
    public Poller() throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name("overlay-poller").daemon().start(this::loop);
    }

    /** Begins to read the peer's channel. */
    public void register(Peer peer) {
        submit(() -> {
            try {
                peer.channel().register(selector, SelectionKey.OP_READ, peer);
            } catch (ClosedChannelException e) {
                peer.broken(e);
            }
        });
    }

    /** Calls {@link Peer#writable} once, when the channel takes bytes. */
    public void wantWrite(Peer peer) {
        submit(() -> {
            SelectionKey key = peer.channel().keyFor(selector);
            if (key != null && key.isValid()) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
            } else {
                peer.broken(new ClosedChannelException());
            }
        });
    }

    private void submit(Runnable task) {
        tasks.add(task);
        if (woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private void loop() {
        while (selector.isOpen()) {
            try {
                selector.select();
                woken.set(false);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    attempt(task);
                }
                selector.selectedKeys().forEach(Poller::serve);
                selector.selectedKeys().clear();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.ERROR, "the poller cannot select", e);
            } catch (ClosedSelectorException e) {
                return; // closed while it worked
            }
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // Connection boundary: whatever is wrong with one link, most often closed already, must not end the thread.
            LOG.log(System.Logger.Level.DEBUG, "a channel was closed while it was asked for", e);
        }
    }

    private static void serve(SelectionKey key) {
        Peer peer = (Peer) key.attachment();
        try {
            if (key.isValid() && key.isWritable()) {
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
                peer.writable();
            }
            if (key.isValid() && key.isReadable()) {
                peer.readable();
            }
        } catch (RuntimeException e) {
            // Connection boundary: whatever is wrong with one link must not end the thread of all.
            key.cancel();
            peer.broken(e);
        }
    }

    /** Ends the thread and closes the selector; channels stay their owners'. */
    @Override
    public void close() {
        try {
            selector.close();
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing the selector", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
