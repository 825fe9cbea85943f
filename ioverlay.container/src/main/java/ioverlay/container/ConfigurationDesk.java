package ioverlay.container;

import ioverlay.api.container.Events.Subscription;
import ioverlay.api.container.Nodes;
import java.nio.file.Path;

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

    /** Calls whenever the name and port of a node have become free. */
    Subscription whenFreed(Runnable call);

    /**
     * Keeps from now on what the container is to look like in this directory, and brings back what it says. What became of
     * it is an event.
     */
    void keepIn(Path directory);
}
