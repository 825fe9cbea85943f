package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.Probation;
import ioverlay.engine.Return;
import ioverlay.engine.Terms;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A version on probation in one slot: what was before, until when, and how it ended. The slot decides the end under its
 * own lock; {@link Trials} sees to it that there is one.
 *
 * <p><b>Threads:</b> any; {@link #wentBack} is called in the node's turn.
 */
final class Trial {
    private final Probation probation;
    private final Chosen chosen;
    private final Consumer<Trial> due;
    private final AtomicReference<@Nullable Return> back = new AtomicReference<>();
    private final AtomicReference<@Nullable Conclusion> conclusion = new AtomicReference<>();

    /** Set under the slot's lock, read by whoever asks; empty before the switch and after the end, so that it holds no code. */
    private volatile Optional<Standing> before = Optional.empty();

    private volatile Optional<Entrant> tried = Optional.empty();

    /** By {@code System.nanoTime}; set once at the switch, read by whoever asks how long it still lasts. */
    private volatile long endNs;

    /**
     * Prepares.
     *
     * @param chosen who will be on probation
     * @param due told, at once and from any thread, that the trial went back or was concluded
     */
    Trial(Probation probation, Chosen chosen, Consumer<Trial> due) {
        this.probation = probation;
        this.chosen = chosen;
        this.due = due;
    }

    Probation probation() {
        return probation;
    }

    /** Who is on probation. */
    Chosen chosen() {
        return chosen;
    }

    /** What the engine watches. */
    Terms terms() {
        return new Terms(probation.failures(), this::wentBack);
    }

    private void wentBack(Return how) {
        if (back.compareAndSet(null, how)) {
            due.accept(this);
        }
    }

    /** The switch took place. */
    void begin(Standing old, Entrant next) {
        endNs = System.nanoTime() + probation.time().toNanos();
        before = Optional.of(old);
        tried = Optional.of(next);
    }

    /** Who is on probation; empty before and after. */
    Optional<Entrant> tried() {
        return tried;
    }

    /** How the slot stood before the switch; empty once the trial is over. */
    Optional<Standing> before() {
        return before;
    }

    /** The old instance, while it is at hand. */
    Optional<Lease<Algorithm>> standby() {
        return before.flatMap(Standing::serving);
    }

    /** How the engine went back by itself. */
    Optional<Return> back() {
        return Optional.ofNullable(back.get());
    }

    /** How it ended. */
    Optional<Conclusion> conclusion() {
        return Optional.ofNullable(conclusion.get());
    }

    boolean isOver() {
        return conclusion.get() != null;
    }

    /**
     * Decides the end, once; the one who is told then writes it down.
     *
     * @return the old instance, to be given back by the one whose word counts, unless it serves again
     */
    Optional<Lease<Algorithm>> conclude(Conclusion how) {
        Optional<Lease<Algorithm>> old = standby();
        if (conclusion.compareAndSet(null, how)) {
            before = Optional.empty();
            tried = Optional.empty();
            due.accept(this);
            return old;
        }
        return Optional.empty();
    }

    /** Ends it in the step that begins it: the swap itself tells of it then, once it knows what the switch took. */
    Optional<Lease<Algorithm>> passAtOnce() {
        Optional<Lease<Algorithm>> old = standby();
        conclusion.set(Conclusion.PASSED);
        before = Optional.empty();
        tried = Optional.empty();
        return old;
    }

    /** How long it still lasts; 0 when it is over. */
    long remainingMillis() {
        return isOver() ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime()));
    }
}
