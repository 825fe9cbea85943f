package ioverlay.shell;

import ioverlay.api.container.Configurations;
import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import ioverlay.api.observer.Rollouts;
import ioverlay.api.observer.Uploads;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the commands steer.
 *
 * @param rollouts of the observer in this container, if there is one now
 * @param uploads the repository of that observer
 * @param applicationTypes the names of the applications that can be started now, sorted
 */
record Container(
        Nodes nodes,
        Network network,
        Swaps swaps,
        Repository repository,
        Events events,
        Configurations configurations,
        LogBook log,
        Supplier<Optional<Rollouts>> rollouts,
        Supplier<Optional<Uploads>> uploads,
        Supplier<List<String>> applicationTypes) {}
