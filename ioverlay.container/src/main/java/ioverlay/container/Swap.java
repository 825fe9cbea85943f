package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.engine.Exchange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One hot swap, from the request to the switch.
 *
 * <p>A version that is swapped in is installed and resolved by then: that took place in {@link BundleStore#add}. So
 * {@link SwapPhase#VERIFY} here is the check of the request and the choice of the version, {@link SwapPhase#INSTALL} and
 * {@link SwapPhase#RESOLVE} look whether its bundle is there and active.
 *
 * <p><b>Threads:</b> runs on one thread of the {@link Steward}; {@link #abandon} is called on another.
 */
final class Swap implements Job {
    private enum Stage {
        TRYING,
        SWITCHING,
        ENDED
    }

    private final SwapRequest request;
    private final String node;
    private final Directory directory;
    private final Catalogue<Algorithm> algorithms;
    private final Consumer<SwapResult> ended;
    private final Phases phases = new Phases(System::nanoTime);
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.TRYING);

    /** Versions, as far as they are known by now; read by the thread that abandons. */
    private volatile String from = "";

    private volatile String to = "";

    /**
     * Prepares.
     *
     * @param ended hears the result, once
     */
    Swap(
            SwapRequest request,
            String node,
            Directory directory,
            Catalogue<Algorithm> algorithms,
            Consumer<SwapResult> ended) {
        this.request = request;
        this.node = node;
        this.directory = directory;
        this.algorithms = algorithms;
        this.ended = ended;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public void run() {
        try {
            LiveNode live = directory.require(request.node());
            attempt(live, live.slot(request.application()));
        } catch (RuntimeException | LinkageError e) {
            // Request boundary: whatever it was, the old version serves on and the one who asked hears why.
            refuse(Reason.of(e));
        }
    }

    private void attempt(LiveNode live, LiveSlot slot) {
        from = slot.origin().version();
        Source<Algorithm> source = algorithms.highest(request.algorithm(), Ranges.parse(request.versions()));
        to = source.version().toString();
        if (slot.serves(source)) {
            throw new RefusedException("the slot already serves " + source);
        }
        phases.enter(SwapPhase.INSTALL);
        phases.enter(SwapPhase.RESOLVE);
        if (!source.isActive()) {
            throw new RefusedException("the bundle of " + source + " is not active");
        }
        phases.enter(SwapPhase.START);
        Entrant entrant = slot.enter(algorithms.lease(source));
        phases.enter(SwapPhase.MIGRATE);
        slot.rehearse(entrant);
        if (stage.compareAndSet(Stage.TRYING, Stage.SWITCHING)) {
            phases.enter(SwapPhase.SWITCH);
            conclude(live, source, slot.swap(entrant));
        } else {
            slot.dismiss(entrant);
        }
    }

    private void conclude(LiveNode live, Source<Algorithm> source, Exchange exchange) {
        live.pauses().add(exchange.pauseNs());
        Duration pause = Duration.ofNanos(exchange.pauseNs());
        exchange.failure()
                .ifPresentOrElse(
                        failure -> end(
                                Outcome.REFUSED,
                                source + " does not take over the final state: " + Reason.of(failure),
                                pause,
                                0,
                                0),
                        () -> end(
                                Outcome.SWITCHED,
                                source + " serves instead of " + from,
                                pause,
                                exchange.held(),
                                exchange.timers()));
    }

    @Override
    public boolean abandon(String why) {
        boolean given = stage.compareAndSet(Stage.TRYING, Stage.ENDED);
        if (given) {
            deliver(Outcome.REFUSED, why, Duration.ZERO, 0, 0);
        }
        return given;
    }

    private void refuse(String why) {
        end(Outcome.REFUSED, why, Duration.ZERO, 0, 0);
    }

    private void end(Outcome outcome, String sentence, Duration pause, int held, int timers) {
        if (stage.getAndSet(Stage.ENDED) != Stage.ENDED) {
            deliver(outcome, sentence, pause, held, timers);
        }
    }

    private void deliver(Outcome outcome, String sentence, Duration pause, int held, int timers) {
        SwapPhase reached = phases.reached();
        ended.accept(new SwapResult(request, from, to, outcome, reached, sentence, phases.took(), pause, held, timers));
    }
}
