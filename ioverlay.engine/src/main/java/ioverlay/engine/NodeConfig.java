package ioverlay.engine;

import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeSpec;
import java.net.InetSocketAddress;

/**
 * What a node needs to open.
 *
 * @param name for threads and log lines
 * @param listen where to listen; port 0 is any free one
 * @param bufferBytes window per link and application, in bytes of header and payload
 * @param maxPayload largest payload taken, in bytes
 * @param seed of the random generators of its slots and applications
 * @param watcher hears what happens
 * @param emulation the network that it is to believe in at first
 * @param inactivityMs a link that owes and is silent for this long has failed
 */
public record NodeConfig(
        String name,
        InetSocketAddress listen,
        int bufferBytes,
        int maxPayload,
        long seed,
        NodeWatcher watcher,
        Emulation emulation,
        int inactivityMs) {
    /** A node in a network that is as it is. */
    public NodeConfig(
            String name, InetSocketAddress listen, int bufferBytes, int maxPayload, long seed, NodeWatcher watcher) {
        this(name, listen, bufferBytes, maxPayload, seed, watcher, Emulation.NONE, NodeSpec.DEFAULT_INACTIVITY_MILLIS);
    }
}
