package ioverlay.api;

import com.google.gson.JsonObject;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a node does with messages (paper, section 2.3). Authors usually extend {@link BasicAlgorithm}.
 *
 * <p>The order of calls: {@link #begin}, {@link #check}, {@link #restore} if it takes over from another version, then
 * {@link #process}, {@link #status} and {@link #save} any number of times, and {@link #end}. An instance serves one slot
 * of one node once.
 *
 * <p><b>Threads:</b> all calls for one node happen one at a time and in order, so no lock is ever needed; which thread
 * makes them may change from call to call. No call may wait for anything. Only when an instance is prepared to take over
 * does it run beside the old one: {@code begin}, {@code check} and a first, rehearsing {@code restore} then happen while
 * the old version still serves.
 *
 * <p><b>Failures:</b> a call that throws anything has sent and released nothing, its message is dropped and counted, and
 * the node goes on. In {@code begin}, {@code check} or {@code restore} it refuses the swap.
 */
@ConsumerType
public interface Algorithm {
    /** Service property (and capability attribute) that holds the algorithm's name; set by {@link AlgorithmType}. */
    String NAME_PROPERTY = "ioverlay.algorithm.type";

    /**
     * First call of all. What it sends takes effect when the instance starts to serve.
     *
     * @param place kept for all later calls
     */
    void begin(Place place);

    /**
     * Looks at itself before it serves, and throws if it should not.
     *
     * @throws Exception to refuse, with a sentence that says why
     */
    default void check() throws Exception {}

    /**
     * Handles one message: data, control, or a notice of the engine (see {@link MessageType}).
     *
     * @param message valid until the call returns {@link Disposition#DONE}
     */
    Disposition process(Message message);

    /** What a successor needs to go on. The instance may be asked and then go on itself. */
    default State save() {
        return State.empty();
    }

    /**
     * Takes over state, replacing all it had. Called once as a rehearsal with a copy and once with the final state.
     *
     * @param state what the predecessor saved
     * @param writtenBy the predecessor
     * @throws Exception to veto the swap, with a sentence that says why
     */
    default void restore(State state, WrittenBy writtenBy) throws Exception {}

    /** What a person would want to see of it in the node's status; small. */
    default JsonObject status() {
        return new JsonObject();
    }

    /** Last call of all, after a swap, a removal or the end of the node. Sends are refused. */
    default void end() {}
}
