package ioverlay.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code overlay up}, {@code observer} and {@code node} were asked for.
 *
 * @param data where the container keeps what outlives it; empty for a temporary directory
 * @param population nodes that there are to be besides those that files configure
 * @param observer whom the nodes register with, if it is elsewhere
 * @param embedded the observer in this container, if one is asked for; there is none where it is elsewhere
 * @param shell whether the shell opens
 * @param readyFile where to say that everything answers
 * @param isObserverAlone whether nodes are expected elsewhere only
 */
record UpOptions(
        Optional<Path> data,
        Population population,
        Optional<Endpoint> observer,
        Optional<ObserverOptions> embedded,
        boolean shell,
        Optional<Path> readyFile,
        boolean isObserverAlone) {}
