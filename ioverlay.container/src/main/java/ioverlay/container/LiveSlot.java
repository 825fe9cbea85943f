package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import ioverlay.engine.Exchange;
import ioverlay.engine.Node;
import ioverlay.engine.Occupant;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.VersionRange;

/**
 * One slot as the control plane knows it: which instance serves, and which may come next.
 *
 * <p><b>Threads:</b> any. The lock makes one step of "the engine exchanged it" and "the slot knows it"; under it only
 * the engine is called, never the framework, whose own locks a withdrawing bundle holds while it waits for ours.
 */
final class LiveSlot {
    private static final Logger LOG = System.getLogger(LiveSlot.class.getName());

    private final Node node;
    private final int application;
    private final ReentrantLock lock = new ReentrantLock();

    private SlotSpec spec;
    private VersionRange range;
    private WrittenBy origin;
    private int swaps;

    /** Empty while the slot is parked. */
    private Optional<Lease<Algorithm>> serving;

    private LiveSlot(Node node, int application, SlotSpec spec, VersionRange range, Lease<Algorithm> serving) {
        this.node = node;
        this.application = application;
        this.spec = spec;
        this.range = range;
        this.origin = origin(serving.source());
        this.serving = Optional.of(serving);
    }

    /**
     * Makes a node's slot and has it served.
     *
     * @throws RefusedException if the algorithm refuses
     */
    static LiveSlot occupied(Node node, int application, SlotSpec spec, Lease<Algorithm> lease) {
        LiveSlot slot = new LiveSlot(node, application, spec, Ranges.parse(spec.versions()), lease);
        node.occupy(slot.enter(lease).candidate());
        return slot;
    }

    private static WrittenBy origin(Source<Algorithm> source) {
        return new WrittenBy(source.name(), source.version().toString());
    }

    int application() {
        return application;
    }

    /** Who serves, or served last. */
    WrittenBy origin() {
        return under(() -> origin);
    }

    boolean parked() {
        return under(() -> serving.isEmpty());
    }

    boolean serves(Source<?> source) {
        return under(() -> serving.isPresent()
                && origin.algorithm().equals(source.name())
                && serving.get().source().version().equals(source.version()));
    }

    /** A copy of the settings. */
    JsonObject settings() {
        return under(() -> spec.settings()).deepCopy();
    }

    /** What may come when nothing serves: the highest version in the range; after a swap, only what it chose. */
    Source<Algorithm> successor(Catalogue<Algorithm> catalogue) {
        return catalogue.highest(under(() -> spec.algorithm()), under(() -> range));
    }

    /**
     * Begins and checks an instance for this slot, beside the one that serves.
     *
     * @throws RefusedException what it said; the lease is then given back
     */
    Entrant enter(Lease<Algorithm> lease) {
        Occupant occupant = new Occupant(lease.instance(), origin(lease.source()), settings());
        try {
            return new Entrant(lease, node.prepare(application, occupant));
        } catch (Exception | LinkageError e) {
            // Plug-in boundary: a faulty algorithm does not come in; who serves notices nothing.
            lease.close();
            throw new RefusedException(lease.source() + " does not begin: " + Reason.of(e), e);
        }
    }

    /**
     * Gives an entrant a copy of the state.
     *
     * @throws RefusedException if it vetoes, or there is no state to be had; the entrant is then dismissed
     */
    void rehearse(Entrant entrant) {
        String step = origin().algorithm() + " " + origin().version() + " does not save its state: ";
        try {
            State state = node.state(application);
            step = entrant.lease().source() + " does not take over: ";
            node.rehearse(entrant.candidate(), state, origin());
        } catch (Exception | LinkageError e) {
            // Plug-in boundary, as above.
            dismiss(entrant);
            throw new RefusedException(step + Reason.of(e), e);
        }
    }

    /** Ends an entrant that will not serve. */
    void dismiss(Entrant entrant) {
        try {
            node.discard(entrant.candidate());
        } finally {
            entrant.lease().close();
        }
    }

    /** Lets an entrant serve that was asked for by a swap; from then on only its version may come back. */
    Exchange swap(Entrant entrant) {
        return exchange(entrant, true);
    }

    /** Lets an entrant serve in a parked slot. */
    Exchange resume(Entrant entrant) {
        return exchange(entrant, false);
    }

    private Exchange exchange(Entrant entrant, boolean swap) {
        Optional<Lease<Algorithm>> leaving = Optional.empty();
        Exchange exchange;
        boolean serves = false;
        lock.lock();
        try {
            exchange = node.exchange(entrant.candidate());
            serves = exchange.failure().isEmpty();
            if (serves) {
                leaving = replace(entrant.lease(), swap);
            }
        } finally {
            lock.unlock();
            if (!serves) {
                dismiss(entrant);
            }
        }
        leaving.ifPresent(Lease::close);
        leaveWithdrawn();
        return exchange;
    }

    /** Parks the slot if its bundle left before the slot could be found by the one who tells. */
    void leaveWithdrawn() {
        under(() -> serving)
                .filter(Lease::gone)
                .ifPresent(lease -> withdraw(lease.source().reference()));
    }

    private Optional<Lease<Algorithm>> replace(Lease<Algorithm> next, boolean swap) {
        Source<Algorithm> source = next.source();
        Optional<Lease<Algorithm>> before = serving;
        serving = Optional.of(next);
        origin = origin(source);
        if (swap) {
            swaps++;
            range = Ranges.exactly(source.version());
            spec = new SlotSpec(source.name(), range.toString(), spec.settings());
        }
        return before;
    }

    /** Parks the slot if that service serves it, and gives the instance back; false if it does not. */
    boolean withdraw(ServiceReference<?> reference) {
        Optional<Lease<Algorithm>> leaving = under(() -> isServedBy(reference) ? park() : Optional.empty());
        leaving.ifPresent(Lease::close);
        return leaving.isPresent();
    }

    boolean isServedBy(ServiceReference<?> reference) {
        return under(
                () -> serving.isPresent() && serving.get().source().reference().equals(reference));
    }

    private Optional<Lease<Algorithm>> park() {
        Optional<Lease<Algorithm>> leaving = serving;
        serving = Optional.empty();
        try {
            node.park(application);
        } catch (IllegalStateException e) {
            // The instance must leave all the same: its bundle is stopping.
            LOG.log(Level.WARNING, "slot {0} of {1} was not parked: {2}", application, node.id(), Reason.of(e));
        }
        return leaving;
    }

    /** The engine's status with the swaps added. */
    SlotStatus complete(SlotStatus of) {
        int count = under(() -> swaps);
        return new SlotStatus(
                of.application(),
                of.algorithm(),
                of.version(),
                of.state(),
                of.processed(),
                of.failed(),
                of.held(),
                of.heldBytes(),
                count,
                of.detail());
    }

    /** Gives the instance back once the node is closed. */
    void close() {
        under(() -> serving).ifPresent(Lease::close);
    }

    private <V> V under(Supplier<V> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
