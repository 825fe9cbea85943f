package ioverlay.engine;

import ioverlay.io.threads.Tally;
import ioverlay.traffic.silence.Progress;
import ioverlay.traffic.silence.Suspicion;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The watch over a link that a neighbour dialled. It owes as long as an application has brought data on it and has not
 * said QUIET since; it is asked by an ECHO, and whatever it sends is a sign of life.
 *
 * <p><b>Threads:</b> the turn; {@link #read}, {@link #wakes} and {@link #quiets} the link's.
 */
final class InWatch implements Vigil.Watch {
    private final InLink link;
    private final Switch node;
    private final Vigil vigil;
    private final Suspicion suspicion;
    private final Tally readBytes = new Tally();
    private final Progress progress;

    /** Applications that brought data and did not say QUIET. Volatile: the link's thread counts, the turn looks. */
    private volatile int restless;

    /** Set by the link's thread when it asks for the watch, cleared by the turn when that ends. */
    private final AtomicBoolean on = new AtomicBoolean();

    private boolean parted;

    InWatch(InLink link, Switch node, Vigil vigil) {
        this.link = link;
        this.node = node;
        this.vigil = vigil;
        this.suspicion = new Suspicion(vigil.limitNs());
        this.progress = new Progress(vigil.limitNs() / 4);
    }

    /** Bytes have come. A line may be so slow that they are long under way: their sender hears that they come. */
    void read(int bytes) {
        readBytes.add(Math.max(0, bytes));
        if (progress.goesOn(System.nanoTime())) {
            link.lives();
        }
    }

    /** An application brings data again. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the link's thread alone writes
    void wakes() {
        restless++;
        if (!on.get() && on.compareAndSet(false, true)) {
            node.post(() -> vigil.watch(this));
        }
    }

    /** An application need not be expected to bring any. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the link's thread alone writes
    void quiets() {
        restless--;
    }

    /** Nothing more is expected at all. */
    void ends() {
        restless = 0;
    }

    /** The turn: the link is over. */
    void part() {
        parted = true;
    }

    @Override
    public boolean look(long awakeNs) {
        if (parted) {
            return false;
        }
        Suspicion.Verdict verdict = suspicion.look(awakeNs, readBytes.get(), restless > 0);
        if (verdict == Suspicion.Verdict.FAILED) {
            link.silent(vigil.sentence());
            return false;
        }
        if (verdict == Suspicion.Verdict.ASK) {
            link.suspect();
        }
        if (restless > 0) {
            return true;
        }
        on.set(false);
        return restless > 0 && on.compareAndSet(false, true); // it may have begun again just now
    }
}
