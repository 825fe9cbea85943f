package ioverlay.container.shadow;

import ioverlay.api.container.RefusedException;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One shadow run. Its own thread runs the version in the shadow ({@link Performance}); a second one, the keeper, looks
 * whether it is time to end and sees to it that it does.
 *
 * <p><b>Threads:</b> any.
 */
final class Shadow implements ShadowRun {
    private static final Logger LOG = System.getLogger(Shadow.class.getName());
    private static final Duration LOOK = Duration.ofMillis(50);

    private final ShadowRequest request;
    private final Subject subject;
    private final Limits limits;
    private final Consumer<ShadowReport> over;
    private final Recorder recorder;
    private final Findings findings;
    private final Performance performance;
    private final Thread player;
    private final Thread keeper;

    /** Why it is to end: the first reason counts. */
    private final CompletableFuture<String> reason = new CompletableFuture<>();

    private final CompletableFuture<ShadowReport> report = new CompletableFuture<>();

    /** Which versions; written before the run is handed out. */
    private volatile String live = "";

    private volatile String shadow = "";

    /**
     * Prepares.
     *
     * @param over hears the report, once, before the one who asked
     */
    Shadow(ShadowRequest request, Subject subject, Lender lender, Limits limits, Consumer<ShadowReport> over) {
        this.request = request;
        this.subject = subject;
        this.limits = limits;
        this.over = over;
        Ring ring = new Ring(limits.calls(), limits.bytes());
        this.recorder = new Recorder(ring);
        this.findings = new Findings(new Words(subject.self()));
        this.performance = new Performance(subject, lender, limits, ring, recorder, findings);
        String name = subject.node() + "-" + Integer.toUnsignedString(request.application());
        this.player =
                Thread.ofPlatform().daemon().name("overlay-shadow-" + name).unstarted(performance);
        this.keeper = Thread.ofPlatform()
                .daemon()
                .name("overlay-shadow-keeper-" + name)
                .unstarted(this::keep);
    }

    /**
     * Begins, and returns when calls are being compared; {@link #watch} must follow.
     *
     * @return who runs in whose shadow, in words
     * @throws RefusedException why it does not come about; nothing of it is left then, but for a thread that does not end
     */
    String begin() {
        player.start();
        Performance.Opening opening = opened();
        live = opening.live();
        shadow = opening.version();
        return opening.name() + " " + shadow + " in the shadow of " + live;
    }

    /** Sees to it that it ends. */
    void watch() {
        keeper.start();
        performance.whenGone(() -> leave("the bundle of " + request.algorithm() + " " + shadow + " was stopped"));
    }

    private Performance.Opening opened() {
        try {
            return performance.opening().get(limits.begin().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw why instanceof RefusedException refused ? refused : refusal("does not begin: " + why, why);
        } catch (TimeoutException e) {
            return giveUp("did not begin within " + limits.begin().toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp("was interrupted while it began", e);
        }
    }

    private Performance.Opening giveUp(String what, Exception cause) {
        RefusedException refusal = refusal(what, cause);
        if (!performance.opening().completeExceptionally(refusal)) {
            return opened(); // it has just begun, or failed
        }
        performance.untap();
        boolean interrupted = Thread.interrupted();
        boolean left = Exit.show(player, performance, limits, Duration.ZERO);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (left) {
            throw refusal;
        }
        performance.giveBack();
        throw refusal(what + "; " + leftBehind(), cause);
    }

    private RefusedException refusal(String what, Throwable cause) {
        return new RefusedException(
                "the shadow of " + request.algorithm() + " at " + subject.node() + " " + what, cause);
    }

    private String leftBehind() {
        return "its thread " + player.getName() + " could not be ended and is left behind";
    }

    private void keep() {
        long deadline = System.nanoTime() + request.time().toNanos();
        try {
            watch(deadline);
        } catch (RuntimeException e) {
            reason.complete("it could not be watched any more: " + e);
        }
        conclude(reason.join());
    }

    private void watch(long deadline) {
        while (!reason.isDone()) {
            if (deadline - System.nanoTime() <= 0) {
                reason.complete("its time of " + request.time().toMillis() + " ms is up");
            } else if (recorder.isOver() || !subject.isThere()) {
                reason.complete("the version that serves was swapped, parked or removed");
            } else if (!player.isAlive()) {
                reason.complete("its thread has ended");
            } else if (performance.isStuck()) {
                reason.complete("a call did not end within " + limits.call().toMillis() + " ms, it was " + where());
            } else {
                await(Math.min(LOOK.toNanos(), deadline - System.nanoTime()));
            }
        }
    }

    private void await(long nanos) {
        try {
            reason.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.TRACE, "it goes on");
        } catch (InterruptedException e) {
            reason.complete("it was interrupted");
        }
    }

    private String where() {
        StackTraceElement[] stack = player.getStackTrace();
        return stack.length == 0 ? "nowhere to be seen" : "at " + stack[0];
    }

    private void conclude(String why) {
        performance.untap();
        boolean stuck = performance.isStuck();
        performance.close(stuck ? Duration.ZERO : limits.end());
        Duration patience = stuck ? Duration.ZERO : limits.end().multipliedBy(2);
        boolean left = Exit.show(player, performance, limits, patience);
        findings.close();
        deliver(sentence(left ? why : why + "; " + leftBehind()));
        if (!left) {
            performance.giveBack();
        }
    }

    private String sentence(String why) {
        long missed = recorder.calls() - findings.sum().calls();
        return missed == 0
                ? why
                : why + "; " + missed + " messages were missed, and since the first of them the states of the two may"
                        + " have drifted apart";
    }

    private void deliver(String sentence) {
        Findings.Sum sum = findings.sum();
        ShadowReport last = report(sum, recorder.calls() - sum.calls(), sentence);
        try {
            over.accept(last);
        } finally {
            report.complete(last);
        }
    }

    private ShadowReport report(Findings.Sum sum, long missed, String ended) {
        return new ShadowReport(
                request,
                live,
                shadow,
                sum.compared(),
                sum.differed(),
                sum.failed(),
                missed,
                sum.liveTurn(),
                sum.shadowTurn(),
                sum.examples(),
                ended);
    }

    @Override
    public ShadowReport soFar() {
        ShadowReport last = report.getNow(null);
        return last != null ? last : report(findings.sum(), recorder.missed(), "");
    }

    @Override
    public CompletableFuture<ShadowReport> report() {
        return report.copy(); // nobody but us completes the original
    }

    @Override
    public void stop() {
        reason.complete("it was stopped");
    }

    /** Ends it and waits until no method of the instance is called any more, in bounded time. */
    void leave(String why) {
        reason.complete(why);
        performance.close(Duration.ZERO);
        if (!performance.awaitLeft(limits.end())) {
            player.interrupt();
        }
    }

    /** Waits for the report; false if that takes longer. */
    boolean awaitReport(Duration most) {
        try {
            report.get(most.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
