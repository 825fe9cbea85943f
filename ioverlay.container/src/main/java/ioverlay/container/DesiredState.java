package ioverlay.container;

import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapResult;
import ioverlay.container.journal.NodeEntry;
import java.util.Optional;

/**
 * What the container is to look like, kept beyond its life: written down before the one who asked for a change hears that
 * it happened. Without a data directory nothing is kept: {@link #NOT_KEPT}.
 *
 * <p><b>Threads:</b> any; a method returns when the record is on disk. It throws RefusedException if it cannot be written
 * down; whoever notes something then leaves it or takes it back.
 */
interface DesiredState {
    /** Keeps nothing. */
    DesiredState NOT_KEPT = new DesiredState() {};

    /** A version begins to serve a slot: its bundle has to be there again after a restart. */
    default void used(Source<?> source) {}

    /** Whether what is noted outlives the container. */
    default boolean isKept() {
        return false;
    }

    /** A node was made; it has the port that it got. */
    default void made(NodeEntry node) {}

    /** The node of that name as it was noted. */
    default Optional<NodeEntry> node(String name) {
        return Optional.empty();
    }

    /** A node was removed. */
    default void removed(String node) {}

    /** An application was started by a command. */
    default void started(String node, ApplicationSpec application) {}

    /** An application was stopped by a command. */
    default void stopped(String node, int application) {}

    /** Commands have changed the network that a node is to believe in, to this. */
    default void emulated(String node, Emulation emulation) {}

    /** A command has set an upstream's share in a node's switch. */
    default void weighed(String node, WeightStatus weight) {}

    /** A version serves on probation: a restart goes back to the one before. */
    default void trial(String node, int application, Source<?> source) {}

    /** A version serves for good, and only it may come back; {@code settings} are in the slot's specification. */
    default void chosen(String node, int application, Source<?> source, SlotSpec slot) {}

    /** A trial went back. */
    default void returned(String node, int application) {}

    /** Remembers the answer to a command with an id. */
    default void answered(SwapResult result) {}

    /** The answer to a command that was done already. */
    default Optional<SwapResult> answer(String id) {
        return Optional.empty();
    }
}
