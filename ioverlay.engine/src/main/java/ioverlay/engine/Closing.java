package ioverlay.engine;

import ioverlay.io.opening.Acceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The graceful end of a node (paper, "All terminations are graceful"): sources stop, what is queued drains, every
 * neighbour hears BYE, then nothing is left: no thread, no socket, no buffer. Each step has an end.
 *
 * <p><b>Threads:</b> any but the node's own.
 */
final class Closing {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());
    private static final long DRAIN_MS = 2_000;
    private static final long BYE_MS = 1_000;
    private static final long THREADS_MS = 2_000;
    private static final long LOOK_MS = 2;

    private final Switch node;
    private final Acceptor acceptor;
    private final Runnable closed;
    private final AtomicBoolean begun = new AtomicBoolean();

    /**
     * The end of one node.
     *
     * @param closed called at the very end
     */
    Closing(Switch node, Acceptor acceptor, Runnable closed) {
        this.node = node;
        this.acceptor = acceptor;
        this.closed = closed;
    }

    /**
     * Closes once; a second call returns at once.
     *
     * @param end ends an occupant
     * @param graceful whether neighbours hear BYE and what is queued drains
     */
    void close(Consumer<Candidate> end, boolean graceful) {
        if (begun.getAndSet(true)) {
            return;
        }
        try {
            acceptor.close();
            List<Seat> seats = Node.ask(node, () -> new ArrayList<>(node.seats().values()));
            if (graceful) {
                seats.forEach(Seat::closeSource);
                inTurn(node.links()::byeUpstream);
                await(DRAIN_MS, () -> Node.ask(node, node::isQuiet));
                inTurn(node.links()::byeDownstream);
                await(BYE_MS, () -> Node.ask(node, () -> node.links().isEmpty()));
            }
            List<Candidate> occupants = Node.ask(node, this::cut);
            occupants.forEach(end);
            seats.forEach(Seat::close);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "the node " + node.name() + " does not end gracefully", e);
        } finally {
            end();
        }
    }

    private void inTurn(Runnable step) {
        Node.ask(node, () -> {
            step.run();
            return true;
        });
    }

    /** In the turn, last of all: closes the links and empties what is queued. */
    private List<Candidate> cut() {
        node.links().close();
        List<Candidate> serving = new ArrayList<>();
        for (Slot slot : node.slots().all()) {
            slot.timers.clear();
            slot.reports.end();
            slot.holds.clear();
            serving.addAll(slot.instances());
        }
        node.slots().clear();
        return serving;
    }

    private void end() {
        node.turn().close();
        try {
            int left = node.threads().close(THREADS_MS);
            if (left > 0 || !node.turn().awaitEnd(THREADS_MS)) {
                LOG.log(System.Logger.Level.WARNING, "the node " + node.name() + " left " + left + " threads behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            node.sweep();
            closed.run();
        }
    }

    private static void await(long timeoutMs, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        }
    }
}
