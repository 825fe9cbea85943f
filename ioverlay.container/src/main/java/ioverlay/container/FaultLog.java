package ioverlay.container;

import ioverlay.api.container.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes what a person should look at into the log: the engine itself does not, within a turn, since a log may block.
 *
 * <p><b>Threads:</b> that of the events.
 */
final class FaultLog implements Consumer<Event> {
    private static final Logger LOG = System.getLogger(FaultLog.class.getName());
    private static final Set<String> FAULTS = Set.of("algorithm.failed", "request.refused", "link.broken");

    @Override
    public void accept(Event event) {
        if (FAULTS.contains(event.kind())) {
            LOG.log(Level.WARNING, "{0}: {1} {2}", event.node(), event.sentence(), event.detail());
        }
    }
}
