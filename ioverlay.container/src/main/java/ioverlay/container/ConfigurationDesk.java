package ioverlay.container;

import ioverlay.api.container.Events.Subscription;
import ioverlay.api.container.Nodes;
import ioverlay.container.journal.NodeEntry;
import java.nio.file.Path;
import java.util.List;

/**
 * Where configurations are turned in. A service within this bundle alone.
 *
 * <p><b>Threads:</b> any.
 */
interface ConfigurationDesk extends ConfigurationLog {
    /** The nodes as one configuration makes them: with the port and the versions that the journal has for it. */
    Nodes nodes(NodeValues values);

    /** A configuration was deleted: the journal need not remember what became of it. */
    void forget(String node);

    /** The nodes that are there and that a command made, as they were noted. */
    List<NodeEntry> commanded();

    /** Whether what is noted outlives the container. */
    boolean isKept();

    /** Calls whenever the name and port of a node have become free. */
    Subscription whenFreed(Runnable call);

    /**
     * Keeps from now on what the container is to look like in this directory, and brings back what it says. What became of
     * it is an event.
     */
    void keepIn(Path directory);
}
