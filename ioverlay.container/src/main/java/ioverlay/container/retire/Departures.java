package ioverlay.container.retire;

import ioverlay.api.container.Repository.Retired;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.ReferenceQueue;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;

/**
 * The bundles that have left, and the proof that their code left with them: the class loader of each is held weakly, and a
 * collection that nobody forced clears that. Until then it is pending.
 *
 * <p><b>Threads:</b> any. One virtual thread, {@code overlay-unloaded}, waits for class loaders that are gone.
 */
public final class Departures implements AutoCloseable {
    /** The most that are remembered. */
    public static final int MAX_KEPT = 1000;

    private static final Logger LOG = System.getLogger(Departures.class.getName());

    private final InstantSource clock;
    private final Set<Long> ours;
    private final Consumer<String> unloaded;
    private final Deque<Departed> departed = new ArrayDeque<>();
    private final ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    private final Thread waiter = Thread.ofVirtual().name("overlay-unloaded").unstarted(this::await);

    /**
     * Remembers none yet.
     *
     * @param ours numbers of bundles that use services for the container and let go of them
     * @param unloaded told each bundle, by name and version, whose class loader is gone
     */
    public Departures(InstantSource clock, Set<Long> ours, Consumer<String> unloaded) {
        this.clock = clock;
        this.ours = Set.copyOf(ours);
        this.unloaded = unloaded;
        waiter.start();
    }

    /** What is to be remembered of a bundle once it is uninstalled; to be made while it is active. */
    public Optional<Runnable> prepare(Bundle bundle) {
        return Departed.of(bundle, queue, clock.instant(), ours).map(left -> () -> add(left));
    }

    private synchronized void add(Departed left) {
        departed.addFirst(left);
        if (departed.size() > MAX_KEPT) {
            departed.removeLast();
        }
    }

    /** All that are remembered, the latest first. */
    public List<Retired> all() {
        List<Departed> now;
        synchronized (this) {
            now = List.copyOf(departed);
        }
        Holders holders = Holders.now(now.stream().anyMatch(left -> !left.isGone()));
        return now.stream()
                .map(left -> new Retired(
                        left.bundle(),
                        left.version(),
                        left.since(),
                        left.isGone(),
                        left.isGone() ? List.of() : holders.of(left)))
                .toList();
    }

    private void await() {
        try {
            while (true) {
                if (queue.remove() instanceof Departed gone) {
                    gone.forgetClasses();
                    unloaded.accept(gone.toString());
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "nobody waits for class loaders any more");
        }
    }

    /** Ends waiting; idempotent. */
    @Override
    public void close() {
        waiter.interrupt();
    }
}
