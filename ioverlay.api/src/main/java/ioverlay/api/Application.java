package ioverlay.api;

import com.google.gson.JsonObject;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What produces and interprets data at a node (the paper's third layer, section 2): a source, a sink, or both.
 *
 * <p><b>Threads:</b> all calls to one instance happen one at a time, on a thread that the engine owns for it, outside
 * every turn of a node; so it may read and write files. It owns no thread itself, and takes time from its
 * {@link Session}.
 *
 * <p><b>Failures:</b> an application that throws is ended, counted, and named in the node's status with what it threw.
 */
@ConsumerType
public interface Application {
    /** Service property (and capability attribute) that holds the application's name; set by {@link ApplicationType}. */
    String NAME_PROPERTY = "ioverlay.application.type";

    /** Answer of {@link #produce}: call again as soon as there is room. */
    long AT_ONCE = 0;

    /** Answer of {@link #produce}: nothing more will come; {@code produce} is not called again. */
    long FINISHED = Long.MAX_VALUE;

    /**
     * First call.
     *
     * @throws Exception to refuse, with a sentence that says why
     */
    void begin(Session session) throws Exception;

    /** How what it produces is delivered; asked once, after {@link #begin}. */
    default Delivery delivery() {
        return Delivery.RELIABLE;
    }

    /**
     * Writes messages into the outlet until it has no more room or nothing is due.
     *
     * @param outlet valid within the call
     * @return when to be called again, in the nanoseconds of {@link Session#now}; {@link #AT_ONCE} or {@link #FINISHED}
     * @throws Exception what went wrong; the application is ended
     */
    default long produce(Outlet outlet) throws Exception {
        return FINISHED;
    }

    /**
     * Takes one message that the algorithm delivered, in the order of its deliveries.
     *
     * @param message valid within the call
     * @throws Exception what went wrong; the application is ended
     */
    default void consume(Message message) throws Exception {}

    /** What a person would want to see of it; small. */
    default JsonObject status() {
        return new JsonObject();
    }

    /** Last call. */
    default void end() {}
}
