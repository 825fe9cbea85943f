package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapResult;
import ioverlay.engine.Exchange;
import ioverlay.engine.Node;
import ioverlay.engine.Return;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.VersionRange;

/**
 * One slot as the control plane knows it: which instance serves, which one is at hand behind it, and which may come next.
 *
 * <p><b>Threads:</b> any. Questions read one snapshot and wait for nothing. The lock makes one step of "the engine
 * exchanged it" and "the slot knows it"; under it only the engine is called, never the framework, whose own locks a
 * withdrawing bundle holds while it waits for ours. Since the engine ends an occupant that leaves, foreign code may hold
 * the lock: nobody waits for it longer than {@value #LOCK_LIMIT_MS} ms.
 */
final class LiveSlot {
    /** How long a change of the slot may keep the next one waiting. */
    static final long LOCK_LIMIT_MS = 15_000;

    private static final Logger LOG = System.getLogger(LiveSlot.class.getName());

    private final InstantSource clock = InstantSource.system();
    private final Node node;
    private final int application;
    private final Entrance entrance;
    private final ReentrantLock lock = new ReentrantLock();

    /** Versions that stalled here: they do not come back by themselves. */
    private final Set<WrittenBy> stalled = ConcurrentHashMap.newKeySet();

    /** Told, at once and without the lock, that whoever just came to serve had been withdrawn meanwhile. */
    private final Consumer<LiveSlot> parkedLate;

    /** Written under the lock, read by all. */
    private volatile Standing standing;

    /** Written by the one who ends a swap, read by those who ask why. */
    private volatile Optional<SwapResult> lastSwap = Optional.empty();

    private LiveSlot(
            Node node, int application, Chosen choice, Lease<Algorithm> serving, Consumer<LiveSlot> parkedLate) {
        this.node = node;
        this.application = application;
        this.parkedLate = parkedLate;
        this.entrance = new Entrance(node, application, () -> standing().choice());
        this.standing = Standing.first(choice, serving, clock.instant());
    }

    /**
     * Makes a node's slot and has it served.
     *
     * @param parkedLate told, at once and without a lock, that the version that came to serve had been withdrawn meanwhile,
     *     and the slot is parked: who follows bundles saw it serve another
     * @throws RefusedException if the algorithm refuses
     */
    static LiveSlot occupied(
            Node node, int application, SlotSpec spec, Lease<Algorithm> lease, Consumer<LiveSlot> parkedLate) {
        VersionRange range = Ranges.parse(spec.versions());
        LiveSlot slot = new LiveSlot(node, application, Chosen.of(spec, range, lease.source()), lease, parkedLate);
        node.occupy(slot.entrance.enter(lease, spec.settings()).candidate());
        return slot;
    }

    int application() {
        return application;
    }

    /** For a person. */
    String label() {
        return "slot " + Integer.toUnsignedString(application);
    }

    /** How it stands now. */
    Standing standing() {
        return standing;
    }

    /** Who serves, or served last. */
    WrittenBy origin() {
        return standing.choice().origin();
    }

    /** A copy of the settings. */
    JsonObject settings() {
        return standing.choice().spec().settings().deepCopy();
    }

    boolean parked() {
        return standing.serving().isEmpty();
    }

    /** Whether that version serves, with these settings. */
    boolean serves(Source<?> source, JsonObject settings) {
        Standing now = standing;
        return now.serving().isPresent()
                && now.choice().origin().equals(source.origin())
                && now.choice().spec().settings().equals(settings);
    }

    /** Whether a call of that version did not end here. */
    boolean hasStalled(WrittenBy version) {
        return stalled.contains(version);
    }

    /**
     * Looks whether the slot may be swapped.
     *
     * @throws RefusedException while its version is on probation
     */
    void requireNoTrial() {
        standing.trial().ifPresent(trial -> {
            throw new RefusedException(label() + " is on probation of " + trial.chosen() + " for another "
                    + trial.remainingMillis() + " ms; a rollback ends it");
        });
    }

    /** Whether it is parked and would take that version back. */
    boolean awaits(Source<Algorithm> source) {
        Standing now = standing;
        return now.serving().isEmpty()
                && now.choice().spec().algorithm().equals(source.name())
                && now.choice().range().includes(source.version())
                && !hasStalled(source.origin());
    }

    /**
     * What may come when nothing serves: the highest version in the range; after a swap, only what it chose.
     *
     * @throws RefusedException if there is none, or it has stalled here
     */
    Source<Algorithm> successor(Catalogue<Algorithm> catalogue) {
        Chosen choice = standing.choice();
        Source<Algorithm> source = catalogue.highest(choice.spec().algorithm(), choice.range());
        if (hasStalled(source.origin())) {
            throw new RefusedException(source + " has stalled in this " + label()
                    + " and does not come back by itself; a swap may choose it");
        }
        return source;
    }

    /** Where instances are made ready to serve here. */
    Entrance entrance() {
        return entrance;
    }

    /**
     * Lets an entrant serve that was asked for by a swap, on trial if that takes any time and there is an old instance to go
     * back to; from then on only its version may come back.
     */
    Exchange swap(Entrant entrant, Trial trial) {
        AtomicReference<Optional<Lease<Algorithm>>> leaving = new AtomicReference<>(Optional.empty());
        Exchange done = exchange(entrant, () -> {
            if (!parked() && node.isParked(application)) {
                parkStalled("a call of it did not end"); // just now; the word of it is still on its way
            }
            Standing before = standing;
            boolean onTrial =
                    before.serving().isPresent() && !trial.probation().time().isZero();
            Exchange exchange =
                    onTrial ? node.exchange(entrant.candidate(), trial.terms()) : node.exchange(entrant.candidate());
            if (exchange.failure().isEmpty()) {
                trial.begin(before, entrant);
                standing = before.swapped(trial.chosen(), entrant.lease(), Optional.of(trial), clock.instant());
                stalled.remove(trial.chosen().origin());
                if (!onTrial) {
                    leaving.set(trial.passAtOnce());
                }
            }
            return exchange;
        });
        leaving.get().ifPresent(old -> Parting.bounded(label(), old::close));
        return done;
    }

    /** Lets an entrant serve in a parked slot. */
    Exchange resume(Entrant entrant) {
        return exchange(entrant, () -> {
            Exchange exchange = node.exchange(entrant.candidate());
            if (exchange.failure().isEmpty()) {
                standing = standing.resumed(entrant.lease(), clock.instant());
            }
            return exchange;
        });
    }

    /** Lets the version before serve in a slot whose version stalled; from then on only it may come back. */
    Exchange fallBack(Entrant entrant) {
        return exchange(entrant, () -> {
            Exchange exchange = node.exchange(entrant.candidate());
            if (exchange.failure().isEmpty()) {
                Chosen to = Chosen.pinned(entrant.lease().source(), entrant.settings());
                standing = standing.fallenBack(to, entrant.lease(), clock.instant());
            }
            return exchange;
        });
    }

    private Exchange exchange(Entrant entrant, Supplier<Exchange> step) {
        boolean serves = false;
        try {
            Exchange exchange = locked(step);
            serves = exchange.failure().isEmpty();
            return exchange;
        } finally {
            if (serves) {
                leaveWithdrawn();
            } else {
                entrance.dismiss(entrant);
            }
        }
    }

    /**
     * Ends a trial for good: the old instance ends. If the slot went back meanwhile, that is how it ended.
     *
     * @return gives the instance that left back to its bundle, whose code may hang
     */
    Runnable confirm(Trial trial, String early) {
        return locked(() -> {
            if (trial.isOver()) {
                return LiveSlot::nothing;
            }
            boolean confirmed = node.confirm(application) || awaitNews(trial);
            return conclude(trial, confirmed ? Optional.empty() : trial.back(), early);
        });
    }

    /**
     * Goes back to the old instance; if it is not at hand any more, the new one stays.
     *
     * @return as of {@link #confirm}
     */
    Runnable giveBack(Trial trial, String why) {
        return locked(() -> {
            if (trial.isOver()) {
                return LiveSlot::nothing;
            }
            Optional<Return> back = trial.back().or(() -> node.giveBack(application, why));
            if (back.isEmpty()) {
                awaitNews(trial);
            }
            return conclude(trial, back.or(trial::back), "there was no old instance at hand to go back to");
        });
    }

    /**
     * The engine has no old instance at hand. If that is because it went back, its word of it is behind us in the turn's
     * queue: asking again is waiting for it.
     */
    private boolean awaitNews(Trial trial) {
        return trial.back().isEmpty() && node.confirm(application);
    }

    private static void nothing() {}

    /** Answers what is to be done without the lock: an instance is ended, and given back to its bundle. */
    private Runnable conclude(Trial trial, Optional<Return> back, String early) {
        Optional<Standing> before = trial.before();
        Optional<Entrant> tried = trial.tried();
        if (back.isEmpty() || before.isEmpty()) {
            Optional<Lease<Algorithm>> old =
                    trial.conclude(early.isEmpty() ? Conclusion.PASSED : Conclusion.cutShort(early));
            return () -> old.ifPresent(Lease::close);
        }
        boolean isLost = back.get().stalled();
        boolean byItself = trial.back().isPresent(); // then the engine has not ended it
        if (isLost) {
            stalled.add(origin());
        }
        standing = standing.returned(before.get(), clock.instant());
        trial.conclude(Conclusion.wentBack(back.get()));
        return () -> tried.ifPresent(left -> leave(left, isLost, byItself));
    }

    private void leave(Entrant left, boolean isLost, boolean toBeEnded) {
        if (isLost) {
            left.lease().forsake();
        } else if (toBeEnded) {
            node.discard(left.candidate());
            left.lease().close();
        } else {
            left.lease().close();
        }
    }

    /** The trial's end is written down: the slot may be swapped again. */
    void settled(Trial trial) {
        locked(() -> {
            if (standing.trial().filter(trial::equals).isPresent()) {
                standing = standing.withoutTrial();
            }
            return trial;
        });
    }

    /** Does what a withdrawn service asks for if it left before the slot could be found by the one who tells. */
    void leaveWithdrawn() {
        Standing now = standing;
        List<Lease<Algorithm>> gone = Stream.concat(
                        now.trial().flatMap(Trial::standby).stream(), now.serving().stream())
                .filter(Lease::gone)
                .toList();
        for (Lease<Algorithm> lease : gone) {
            if (withdraw(lease.source().reference())) {
                parkedLate.accept(this);
            }
        }
    }

    /**
     * A service is being withdrawn: whoever came from it must leave. On probation the old instance takes over if the new
     * one leaves, and the new one stays for good if the old one leaves; else the slot is parked.
     *
     * @return whether it was parked
     */
    boolean withdraw(ServiceReference<?> reference) {
        Standing now = standing;
        now.trial().filter(trial -> !trial.isOver()).ifPresent(trial -> {
            if (isFrom(trial.standby(), reference)) {
                guarded(() -> confirm(trial, "the bundle of the version before was stopped")
                        .run());
            } else if (isFrom(now.serving(), reference)) {
                guarded(() -> giveBack(trial, "the bundle of " + trial.chosen() + " was stopped")
                        .run());
            }
        });
        Optional<Lease<Algorithm>> leaving = isServedBy(reference) ? park(reference) : Optional.empty();
        leaving.ifPresent(Lease::close);
        return leaving.isPresent();
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // The instance must leave all the same: its bundle is stopping.
            LOG.log(Level.WARNING, "{0} of {1}: {2}", label(), node.id(), Reason.of(e));
        }
    }

    private static boolean isFrom(Optional<Lease<Algorithm>> lease, ServiceReference<?> reference) {
        return lease.filter(of -> of.source().reference().equals(reference)).isPresent();
    }

    boolean isServedBy(ServiceReference<?> reference) {
        return isFrom(standing.serving(), reference);
    }

    private Optional<Lease<Algorithm>> park(ServiceReference<?> reference) {
        return locked(() -> {
            Optional<Lease<Algorithm>> leaving = standing.serving();
            if (isFrom(leaving, reference)) {
                guarded(() -> node.park(application));
                standing = standing.parkedSince(clock.instant(), "the bundle of " + standing.choice() + " was stopped");
                return leaving;
            }
            return Optional.empty();
        });
    }

    /**
     * The engine has parked the slot, since a call did not end and nothing was at hand to go back to.
     *
     * @return who stalled; empty if another serves by now, who has nothing to do with it
     */
    Optional<Source<Algorithm>> stalled(String cause) {
        return locked(() -> node.isParked(application) ? parkStalled(cause) : Optional.empty());
    }

    private Optional<Source<Algorithm>> parkStalled(String cause) {
        Optional<Lease<Algorithm>> leaving = standing.serving();
        leaving.ifPresent(lease -> {
            stalled.add(lease.source().origin());
            standing.trial()
                    .flatMap(trial -> trial.conclude(Conclusion.cutShort(cause)))
                    .ifPresent(Lease::forsake);
            standing = standing.parkedSince(clock.instant(), lease.source() + " stalled: " + cause);
            lease.forsake();
        });
        return leaving.map(Lease::source);
    }

    /**
     * The engine's status with what only the control plane knows. Whoever reads that a version serves can act on it: it is
     * not told before the slot knows it too.
     */
    SlotStatus complete(SlotStatus of) {
        Standing before = standing;
        return lock.isLocked() ? before.complete(of, true) : standing.complete(of, false);
    }

    /** What the last swap came to. */
    Optional<SwapResult> lastSwap() {
        return lastSwap;
    }

    void lastSwap(SwapResult result) {
        lastSwap = Optional.of(result);
    }

    /** Gives the instances back once the node is closed. */
    void close() {
        Standing last = standing;
        last.trial()
                .flatMap(trial -> trial.conclude(Conclusion.cutShort("the node has ended")))
                .ifPresent(Lease::close);
        last.serving().ifPresent(Lease::close);
    }

    private <V> V locked(Supplier<V> step) {
        try {
            if (!lock.tryLock(LOCK_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                throw new RefusedException(
                        label() + " of " + node.id() + " is busy: an instance that leaves it does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(label() + " of " + node.id() + " was not changed: interrupted", e);
        }
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }
}
