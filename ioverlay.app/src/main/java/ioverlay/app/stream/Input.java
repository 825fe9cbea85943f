package ioverlay.app.stream;

import com.google.gson.JsonObject;

/**
 * Where a source gets its stream.
 *
 * <p><b>Threads:</b> one; nothing here blocks.
 */
interface Input extends AutoCloseable {
    /** Answer of {@link #read}: nothing more will come. */
    long OVER = Long.MAX_VALUE;

    /** Where what was read goes. */
    interface Sink {
        /** The next packet. */
        void packet(Packet packet);

        /** What comes next is another stream, or the same after an interruption. */
        void interrupted();
    }

    /**
     * Hands on what is there.
     *
     * @return when to look again, in the same nanoseconds, or {@link #OVER}
     */
    long read(long nowNs, Sink to);

    /** What is wrong with it; empty if nothing is. */
    String trouble();

    /** Adds what it counts. */
    void describe(JsonObject to);

    @Override
    void close();
}
