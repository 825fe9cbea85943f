package ioverlay.io.opening;

import ioverlay.api.NodeId;
import ioverlay.io.threads.Threads;
import ioverlay.io.wire.Hello;
import java.nio.channels.SocketChannel;

/**
 * The node whose port takes connections: who it is, and what becomes of those who knock.
 *
 * <p><b>Threads:</b> called from any.
 */
public interface Opener {
    /** For log lines. */
    String name();

    /** Its address, which nobody else may say is theirs. */
    NodeId self();

    /** How it introduces itself, in one of the roles of {@link Hello}. */
    Hello hello(byte role);

    /** How it answers who introduced itself so. */
    Hello welcome(Hello theirs);

    /** Its threads: one accepts, one per connection opens it. */
    Threads threads();

    /** A connection was taken. */
    void accepted();

    /** One was shown out, since there is no place for it or it broke a rule of the opening. */
    void refused();

    /** One was shown out, since it said nothing in time. */
    void silent();

    /** A connection is open that only measures: answers on the calling thread; the caller closes it at its deadline. */
    void probed(NodeId peer, SocketChannel channel);

    /**
     * A link is open: receives on the calling thread, for as long as there is something.
     *
     * @param welcome what it was told by {@link #welcome}
     * @param over to be called once, by any thread, when the link has ended: closes the channel, frees its place
     */
    void opened(NodeId peer, Hello welcome, SocketChannel channel, Runnable over);
}
