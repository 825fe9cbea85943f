package ioverlay.engine;

import java.io.IOException;

/**
 * What all nodes of one JVM share: the clock, the selector and the memory that messages live in.
 *
 * <p><b>Threads:</b> any.
 */
public final class DataPlane implements AutoCloseable {
    private DataPlane() {}

    /**
     * Starts the shared threads.
     *
     * @throws IOException if the system gives no selector
     */
    public static DataPlane open() throws IOException {
        return new DataPlane();
    }

    /**
     * Opens a node, which then listens.
     *
     * @throws IOException if it cannot listen there: {@link java.net.BindException} names the address and port
     */
    public Node open(NodeConfig config) throws IOException {
        return new Node();
    }

    /** Closes every node that is still open, then the shared threads; idempotent, within 10 s. */
    @Override
    public void close() {}
}
