package ioverlay.scenario.run;

import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.plan.Verb;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.osgi.framework.Version;

/**
 * What a scenario's nodes are steered with: in this process, or on hosts that run containers already. Only nodes that were
 * made through it are touched.
 *
 * <p><b>Threads:</b> any. What is refused is a {@link ioverlay.api.container.RefusedException} with a sentence; every call
 * ends in bounded time, and with an {@link InterruptedException} if its thread is interrupted.
 */
public interface Steering extends AutoCloseable {
    /** Algorithms that nodes can have, by name, each with its versions; none where they are not known. */
    Map<String, Set<Version>> algorithms() throws InterruptedException;

    /** Types of applications that can be started. */
    Set<String> applications() throws InterruptedException;

    /** How the containers can be named in a file; empty if there is only this process. */
    Set<String> containers() throws InterruptedException;

    /** Adds a bundle wherever nodes can be; in this process only until {@link #close}. */
    void deploy(Path bundle) throws InterruptedException;

    /**
     * Makes a node.
     *
     * @param container where, as the file names it; empty for any. A node that comes back goes where it was
     */
    void create(NodeSpec spec, String container) throws InterruptedException;

    /** Ends a node gracefully. */
    void remove(String node) throws InterruptedException;

    /** Ends a node as if its process had died. */
    void kill(String node) throws InterruptedException;

    /** Starts an application. */
    void start(String node, ApplicationSpec application) throws InterruptedException;

    /**
     * Does what an entry of the time line says, and waits for its end; for all entries that do not change who is there.
     *
     * @param node who does it; empty for what is done once for several, whose addresses are in {@code given}
     * @param given the entry's members, with addresses in the place of names
     * @param expected of a swap
     */
    Effect obey(String node, Verb verb, JsonObject given, Outcome expected) throws InterruptedException;

    /** Asks nodes what they do; those that have gone or do not answer are left out. */
    void statuses(Collection<String> nodes, BiConsumer<String, NodeStatus> seen) throws InterruptedException;

    /** Hears what happens from now on, until the answer is closed. */
    Listening listen(Consumer<Heard> listener) throws InterruptedException;

    /** Why the run cannot go on, once something that carries its nodes is lost. */
    default Optional<String> lost() {
        return Optional.empty();
    }

    /** What could not be removed, a sentence each; asked when all nodes were removed. */
    default List<String> left() {
        return List.of();
    }

    /** Ends its threads and connections, and takes back what only this run had; nodes are not touched. */
    @Override
    default void close() {}

    /**
     * An event.
     *
     * @param kind as in {@code docs/status.md}
     * @param node name, or empty
     * @param sentence for a person
     */
    record Heard(String kind, String node, String sentence) {}

    /** Somebody listens. */
    @FunctionalInterface
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
