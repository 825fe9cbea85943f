package ioverlay.container.shadow;

import ioverlay.engine.Tapped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All that runs an author's code in a shadow run: obtains the instance, begins, takes over, makes its calls, ends.
 *
 * <p><b>Threads:</b> {@link #run} is the work of one platform thread of its own, so that a call that never ends holds no
 * carrier; all else may be called by any.
 */
final class Performance implements Runnable {
    private static final Logger LOG = System.getLogger(Performance.class.getName());
    private static final Duration NAP = Duration.ofMillis(100);

    /** Who plays beside whom, once it can be fed; holds nothing of the author's. */
    record Opening(String name, String version, String live) {}

    private final Subject subject;
    private final Limits limits;
    private final Ring ring;
    private final Recorder recorder;
    private final Findings findings;
    private final CompletableFuture<Opening> opening = new CompletableFuture<>();
    private final CountDownLatch left = new CountDownLatch(1);

    /** Empty once it has lent, since a run that is over, and still looked at, must hold no class loader. */
    private Optional<Lender> lender;

    /** Known from the moment it was lent until it is given back; read by whoever cancels. */
    private volatile Optional<Loan> loan = Optional.empty();

    /** When the present call began, or 0 between calls; read by the keeper. */
    private volatile long callSinceNs;

    /** Set by the keeper: process what waits until then, and end. */
    private volatile boolean closing;

    private volatile long closingDeadlineNs;

    Performance(Subject subject, Lender lender, Limits limits, Ring ring, Recorder recorder, Findings findings) {
        this.subject = subject;
        this.lender = Optional.of(lender);
        this.limits = limits;
        this.ring = ring;
        this.recorder = recorder;
        this.findings = findings;
    }

    /** Completes when the shadow can be fed, or with why it cannot. */
    CompletableFuture<Opening> opening() {
        return opening;
    }

    @Override
    public void run() {
        try {
            Loan lent = lender.orElseThrow().lend();
            lender = Optional.empty();
            loan = Optional.of(lent);
            play(lent);
        } catch (Throwable e) {
            // Plug-in boundary: the shadow does not come about, and the one who asked hears why.
            opening.completeExceptionally(e);
        } finally {
            left.countDown();
            giveBack();
        }
    }

    /** Gives the instance back; idempotent. */
    void giveBack() {
        loan.ifPresent(Loan::giveBack);
        loan = Optional.empty();
    }

    private void play(Loan lent) throws Exception {
        Understudy understudy = new Understudy(lent.instance(), subject, limits.heldBytes());
        try {
            understudy.begin();
            Tapped tapped = subject.tap(recorder);
            play(understudy, lent, tapped);
        } finally {
            end(understudy, lent);
        }
    }

    private void play(Understudy understudy, Loan lent, Tapped tapped) throws Exception {
        boolean awaited = false;
        try {
            understudy.takeOver(tapped);
            String live = tapped.writtenBy().version();
            awaited = opening.complete(new Opening(lent.name(), lent.version(), live));
        } finally {
            if (!awaited) {
                untap(); // it vetoed, or nobody waits for it any more
            }
        }
        if (awaited) {
            feed(understudy);
            drain(understudy);
        }
    }

    /** No call is shown any more when this returns; idempotent. */
    void untap() {
        try {
            subject.untap(recorder);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the node of the shadow at {0} has ended: {1}", subject.node(), e.getMessage());
        }
    }

    private void feed(Understudy understudy) {
        while (!closing) {
            Seen call = ring.poll();
            if (call == null) {
                ring.await(NAP);
            } else {
                perform(understudy, call);
            }
        }
    }

    private void drain(Understudy understudy) {
        Seen call = ring.poll();
        while (call != null && closingDeadlineNs - System.nanoTime() > 0) {
            perform(understudy, call);
            call = ring.poll();
        }
    }

    private void perform(Understudy understudy, Seen call) {
        long start = System.nanoTime();
        callSinceNs = start;
        try {
            Understudy.Answer answer = understudy.perform(call);
            findings.completed(call, answer, System.nanoTime() - start);
            understudy.thin();
        } catch (Throwable e) {
            // Plug-in boundary: this call has failed, the next one is made all the same.
            findings.failed(call, e, System.nanoTime() - start);
        } finally {
            callSinceNs = 0;
            Thread.interrupted(); // an algorithm's own business; what ends this thread is the word of the keeper
        }
    }

    private void end(Understudy understudy, Loan lent) {
        try {
            understudy.end();
        } catch (Throwable e) {
            // Plug-in boundary: it is over for this instance anyhow.
            LOG.log(Level.DEBUG, "{0} {1} threw at the end of its shadow run: {2}", lent.name(), lent.version(), e);
        }
    }

    /** Whether the present call takes longer than it may. */
    boolean isStuck() {
        long since = callSinceNs;
        return since != 0 && System.nanoTime() - since > limits.call().toNanos();
    }

    /** Lets it process what waits, at most so long, and end; the first word counts. */
    synchronized void close(Duration most) {
        if (!closing) {
            closingDeadlineNs = System.nanoTime() + most.toNanos();
            closing = true;
        }
    }

    /** The code that it runs, as far as it came. */
    @Nullable ClassLoader code() {
        return loan.map(lent -> lent.instance().getClass().getClassLoader()).orElse(null);
    }

    /** See {@link Loan#whenGone}. */
    void whenGone(Runnable leave) {
        loan.ifPresent(lent -> lent.whenGone(leave));
    }

    /** Waits until no method of the instance is called any more; false if that takes longer. */
    boolean awaitLeft(Duration most) {
        try {
            return left.await(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
