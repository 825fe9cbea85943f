package ioverlay.container;

import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.engine.Exchange;
import ioverlay.engine.Return;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What is known of one swap so far, until it is closed with a result. Holds text and numbers only.
 *
 * <p><b>Threads:</b> one at a time works on the swap; {@link #close} is called on any, the first one counts.
 */
final class Account {
    private static final Logger LOG = System.getLogger(Account.class.getName());

    private final SwapRequest request;
    private final Consumer<SwapPhase> progress;
    private final Consumer<SwapResult> ended;
    private final Phases phases = new Phases(System::nanoTime);
    private final List<Consumer<SwapResult>> listeners = new ArrayList<>();
    private Optional<SwapResult> result = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** The versions as far as they are known by now; read by the thread that closes. */
    private volatile String from = "";

    private volatile String to = "";

    /** What the switch took and carried; read by the thread that closes. */
    private volatile Duration pause = Duration.ZERO;

    private volatile int held;
    private volatile int timers;

    /**
     * Opens, in the first phase.
     *
     * @param progress hears each phase that is entered
     * @param ended hears the result, once
     */
    Account(SwapRequest request, Consumer<SwapPhase> progress, Consumer<SwapResult> ended) {
        this.request = request;
        this.progress = progress;
        this.ended = ended;
    }

    SwapRequest request() {
        return request;
    }

    void from(String version) {
        from = version;
    }

    String from() {
        return from;
    }

    void to(String version) {
        to = version;
    }

    /** Enters a phase and tells of it, unless all is over. */
    void enter(SwapPhase phase) {
        if (reach(phase)) {
            told(phase);
        }
    }

    /** Enters a phase; false if all is over. */
    boolean reach(SwapPhase phase) {
        if (closed.get()) {
            return false;
        }
        phases.enter(phase);
        return true;
    }

    /** Tells of the first phase, on the thread that works. */
    void begin() {
        told(SwapPhase.VERIFY);
    }

    /** Tells of a phase that was reached; the listener may hold up the one who tells. */
    void told(SwapPhase phase) {
        try {
            progress.accept(phase);
        } catch (RuntimeException e) {
            // Listener boundary: the swap goes on without it.
            LOG.log(
                    Level.WARNING,
                    "a listener to the progress of a swap failed at {0}: {1}",
                    phase,
                    Reason.withPlace(e));
        }
    }

    /** The exchange took place, or was tried. */
    void exchanged(Exchange exchange) {
        pause = Duration.ofNanos(exchange.pauseNs());
        held = exchange.failure().isEmpty() ? exchange.held() : 0;
        timers = exchange.failure().isEmpty() ? exchange.timers() : 0;
    }

    /** Has somebody else hear the result too, at once if it is there. */
    void whenClosed(Consumer<SwapResult> listener) {
        Optional<SwapResult> there;
        synchronized (listeners) {
            there = result;
            if (there.isEmpty()) {
                listeners.add(listener);
            }
        }
        there.ifPresent(listener);
    }

    /** Ends a swap that nothing went back from; false if it had ended already. */
    boolean close(Outcome outcome, String sentence) {
        return close(outcome, sentence, pause, 0, 0);
    }

    /** Ends a swap whose version went back; false if it had ended already. */
    boolean close(String sentence, Return back) {
        long forgotten = back.stateCarried() ? 0 : back.completed();
        Duration both = pause.plusNanos(back.pauseNs());
        return close(Outcome.RETURNED, sentence, both, back.redone(), forgotten);
    }

    private boolean close(Outcome outcome, String sentence, Duration paused, long redone, long forgotten) {
        if (closed.getAndSet(true)) {
            return false;
        }
        SwapResult end = new SwapResult(
                request,
                from,
                to,
                outcome,
                phases.reached(),
                sentence,
                phases.took(),
                paused,
                held,
                timers,
                redone,
                forgotten);
        ended.accept(end);
        synchronized (listeners) {
            result = Optional.of(end);
        }
        listeners.forEach(listener -> listener.accept(end)); // nobody adds one any more
        return true;
    }
}
