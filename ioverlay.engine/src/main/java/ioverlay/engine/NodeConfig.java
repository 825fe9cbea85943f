package ioverlay.engine;

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
 */
public record NodeConfig(
        String name, InetSocketAddress listen, int bufferBytes, int maxPayload, long seed, NodeWatcher watcher) {}
