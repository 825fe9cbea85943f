package ioverlay.container;

import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.RefusedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A node that a configuration asks for. What cannot be made at once is tried again whenever an algorithm or application
 * arrives, since bundles start in any order, whenever a node's name and port become free, and by itself now and then,
 * since others have ports too; what is still refused after a grace period is a WARNING, once. A refusal for another reason than something that has not come yet is an event at once, see {@link ConfigurationLog}.
 *
 * <p><b>Threads:</b> a virtual thread of its own, {@code overlay-configured-NAME}, that ends when all is made; the
 * methods: any.
 */
final class ConfiguredNode implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ConfiguredNode.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private final String pid;
    private final NodeValues values;
    private final Nodes nodes;
    private final ConfigurationLog log;
    private final Duration grace;
    private final Deque<ApplicationSpec> unstarted;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;

    /** What was told last; of the thread alone. */
    private String refused = "";

    /** Set by the one who closes, read by the thread. */
    private volatile boolean closed;

    /** Set by the thread, read by the one who closes after the thread has ended. */
    private volatile boolean made;

    /** Begins to make it. */
    ConfiguredNode(String pid, NodeValues values, Nodes nodes, ConfigurationLog log, Duration grace) {
        this.pid = pid;
        this.values = values;
        this.nodes = nodes;
        this.log = log;
        this.grace = grace;
        unstarted = new ArrayDeque<>(values.applications());
        thread = Thread.ofVirtual()
                .name("overlay-configured-" + values.spec().name())
                .start(this::makeAll);
    }

    String name() {
        return values.spec().name();
    }

    /** Says that something has arrived or become free. */
    void arrived() {
        changes.release();
    }

    private void makeAll() {
        String told = "";
        Duration wait = grace;
        String refusal = attempt();
        while (!refusal.isEmpty() && !closed) {
            if (!awaitChange(wait)) {
                if (!refusal.equals(told)) {
                    LOG.log(
                            Level.WARNING,
                            "configured node ''{0}'' waits: {1}",
                            values.spec().name(),
                            refusal);
                    told = refusal;
                }
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
            refusal = closed ? "" : attempt();
        }
    }

    /** Does what is left to do; the answer is empty when nothing is. */
    private String attempt() {
        try {
            if (!made) {
                nodes.create(values.spec());
                made = true;
            }
            while (!unstarted.isEmpty()) {
                nodes.start(values.spec().name(), unstarted.getFirst());
                unstarted.removeFirst();
            }
            log.made(pid, values.spec().name());
            return "";
        } catch (RefusedException e) {
            if (!(e.getCause() instanceof NotHereException) && !Reason.of(e).equals(refused)) {
                refused = Reason.of(e);
                log.refused(pid, values.spec().name(), refused);
            }
            return Reason.of(e);
        }
    }

    private boolean awaitChange(Duration wait) {
        try {
            return changes.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed = true;
            return true;
        } finally {
            changes.drainPermits();
        }
    }

    /** Removes the node, if it was made and is still there; idempotent. */
    @Override
    public void close() {
        closed = true;
        changes.release();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (made) {
            made = false;
            remove();
        }
    }

    private void remove() {
        try {
            nodes.remove(values.spec().name());
        } catch (RefusedException e) {
            LOG.log(Level.DEBUG, "a configured node was removed by hand: {0}", e.getMessage());
        }
    }
}
