package ioverlay.observer.fleet;

import ioverlay.agent.line.Frame;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all containers, one per id. Who comes and who leaves does so in one piece with what follows from it: a
 * container that is welcome is known, and what a line took with it is settled before another of the same id begins.
 *
 * <p><b>Threads:</b> any; what is handed in is run under the lock, and does not wait.
 */
final class Trunks {
    private final Map<String, Trunk> all = new TreeMap<>();

    /**
     * Lets one in.
     *
     * @param welcome the first that is said to it
     * @return the one in whose place it is
     * @throws IOException if its line is closed
     */
    synchronized Optional<Trunk> enter(Trunk trunk, Frame welcome) throws IOException {
        trunk.line().put(welcome); // does not wait: nothing was said before
        return Optional.ofNullable(all.put(trunk.id(), trunk));
    }

    /** Takes one out; {@code lost} is run if no other is in its place. */
    synchronized void leave(Trunk trunk, Runnable lost) {
        if (all.remove(trunk.id(), trunk)) {
            lost.run();
        }
    }

    /** Runs it if there is none with this id. */
    synchronized void ifAway(String id, Runnable then) {
        if (!all.containsKey(id)) {
            then.run();
        }
    }

    synchronized @Nullable Trunk get(String id) {
        return all.get(id);
    }

    /** By id, as they are now. */
    synchronized List<Trunk> list() {
        return List.copyOf(all.values());
    }
}
