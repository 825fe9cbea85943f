package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.container.Trials.Watched;
import ioverlay.engine.Exchange;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One hot swap, from the request to the switch; what comes then is the business of {@link Trials}.
 *
 * <p>A version that is swapped in is mostly installed and resolved by then: that took place in {@link BundleStore#add}. So
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

    private final Account account;
    private final String node;
    private final Directory directory;
    private final Chooser versions;
    private final Trials trials;
    private final Scribe scribe;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.TRYING);

    /** Whose code it may hang in; read by the thread that abandons. */
    private volatile @Nullable Source<Algorithm> entering;

    /** Prepares. */
    Swap(Account account, String node, Directory directory, Chooser versions, Trials trials, Scribe scribe) {
        this.account = account;
        this.node = node;
        this.directory = directory;
        this.versions = versions;
        this.trials = trials;
        this.scribe = scribe;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public void run() {
        SwapRequest request = account.request();
        account.begin();
        try {
            LiveNode live = directory.require(request.node());
            attempt(live, live.slot(request.application()), request);
        } catch (RuntimeException | LinkageError e) {
            // Request boundary: whatever it was, the old version serves on and the one who asked hears why.
            refuse(Reason.of(e));
        } catch (InterruptedException e) {
            refuse("it was interrupted"); // it was abandoned: the sentence is known already
        } finally {
            entering = null;
        }
    }

    private void attempt(LiveNode live, LiveSlot slot, SwapRequest request) throws InterruptedException {
        account.from(slot.origin().version());
        slot.requireNoTrial();
        JsonObject settings = request.settings()
                .orElseGet(() -> slot.standing().choice().spec().settings());
        try (Chooser.Claim claim = versions.choose(request.algorithm(), Ranges.parse(request.versions()))) {
            account.to(claim.source().version().toString());
            if (slot.serves(claim.source(), settings)) {
                throw new RefusedException("the slot already serves " + claim.source()
                        + request.settings().map(same -> " with these settings").orElse(""));
            }
            account.enter(SwapPhase.INSTALL);
            account.enter(SwapPhase.RESOLVE);
            if (!claim.source().isActive()) {
                throw new RefusedException("the bundle of " + claim.source() + " is not active");
            }
            enter(live, slot, claim, settings);
        }
    }

    private void enter(LiveNode live, LiveSlot slot, Chooser.Claim claim, JsonObject settings)
            throws InterruptedException {
        account.enter(SwapPhase.START);
        entering = claim.source();
        Entrant entrant = slot.entrance().enter(claim.lease(), settings);
        Rate before;
        try {
            before = Rate.measure(
                    live.node(),
                    slot.application(),
                    account.request().probation().leastThroughput());
        } catch (InterruptedException | RuntimeException e) {
            slot.entrance().dismiss(entrant);
            throw e;
        }
        account.enter(SwapPhase.MIGRATE);
        slot.entrance().rehearse(entrant);
        entering = null;
        if (stage.compareAndSet(Stage.TRYING, Stage.SWITCHING)) {
            account.enter(SwapPhase.SWITCH);
            exchange(live, slot, entrant, before);
            claim.used();
        } else {
            slot.entrance().dismiss(entrant);
        }
    }

    private void exchange(LiveNode live, LiveSlot slot, Entrant entrant, Rate before) {
        Watched watched = trials.prepare(live, slot, account, entrant);
        Exchange exchange;
        try {
            exchange = slot.swap(entrant, watched.trial());
        } catch (RuntimeException e) {
            trials.forget(watched);
            throw e;
        }
        live.pauses().add(exchange.pauseNs());
        account.exchanged(exchange);
        Optional<Throwable> failure = exchange.failure();
        if (failure.isPresent()) {
            trials.forget(watched);
            throw new RefusedException(
                    watched.source() + " does not take over the final state: " + Reason.withPlace(failure.get()));
        }
        stage.set(Stage.ENDED);
        String unwritten = "";
        if (watched.trial().probation().time().isZero()) {
            watched.told().open();
        } else {
            boolean open = account.reach(SwapPhase.PROBATION);
            unwritten = scribe.trial(watched);
            watched.told().open(); // before a listener holds us up: the trial can end all the same
            if (open) {
                account.told(SwapPhase.PROBATION);
            }
        }
        if (unwritten.isEmpty()) {
            trials.watch(watched, before);
        } else {
            trials.end(watched, "it could not be written down that " + watched.source() + " serves: " + unwritten);
        }
    }

    @Override
    public boolean abandon(String why) {
        boolean given = stage.compareAndSet(Stage.TRYING, Stage.ENDED);
        if (given) {
            account.close(Outcome.REFUSED, why);
        }
        return given;
    }

    @Override
    public Optional<ClassLoader> code() {
        return Optional.ofNullable(entering).flatMap(Source::code);
    }

    private void refuse(String why) {
        if (stage.getAndSet(Stage.ENDED) != Stage.ENDED) {
            account.close(Outcome.REFUSED, why);
        }
    }
}
