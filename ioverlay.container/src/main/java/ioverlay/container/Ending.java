package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.container.Trials.Watched;
import ioverlay.engine.Return;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ends a trial and closes its account: confirms it, or goes back. If it ended by itself, finds out how.
 *
 * <p><b>Threads:</b> runs on one thread of the {@link Steward}, since the instance that leaves is told so; a swap without
 * probation runs it on its own.
 */
final class Ending implements Job {
    private static final Logger LOG = System.getLogger(Ending.class.getName());

    private final Watched watched;
    private final String goBack;
    private final Function<Watched, Optional<String>> ended;
    private final Runnable again;

    /**
     * Prepares.
     *
     * @param goBack why the slot goes back; the empty text confirms the new version
     * @param ended told when the trial is over, before the account is closed; answers what is to be added to the sentence,
     *     or nothing if another has been told already and closes the account
     * @param again has this tried again later
     */
    Ending(Watched watched, String goBack, Function<Watched, Optional<String>> ended, Runnable again) {
        this.watched = watched;
        this.goBack = goBack;
        this.ended = ended;
        this.again = again;
    }

    @Override
    public String node() {
        return watched.node().name() + " " + watched.slot().label();
    }

    @Override
    public void run() {
        Trial trial = watched.trial();
        Runnable giveBack = decide(trial);
        Conclusion how = trial.conclusion().orElse(Conclusion.PASSED);
        // first: who hears of the next phase can rely on the journal, and a bundle that hangs keeps no slot
        Optional<String> unwritten = ended.apply(watched);
        if (unwritten.isPresent() && how.back().isEmpty()) {
            watched.account().enter(SwapPhase.RETIRE);
        }
        Parting.bounded(node(), giveBack);
        unwritten.ifPresent(
                failure -> close(how, failure.isEmpty() ? "" : "; a restart does not know of it: " + failure));
    }

    /** Answers how the instance that left is given back. */
    private Runnable decide(Trial trial) {
        try {
            return goBack.isEmpty()
                    ? watched.slot().confirm(trial, "")
                    : watched.slot().giveBack(trial, goBack);
        } catch (RuntimeException | LinkageError e) {
            // Request boundary: the node has ended, or is so busy that nothing can be said of it.
            Optional<Lease<Algorithm>> old = trial.conclude(Conclusion.cutShort(Reason.of(e)));
            return () -> old.ifPresent(Lease::close);
        }
    }

    private void close(Conclusion how, String remark) {
        Optional<Return> back = how.back();
        if (back.isPresent()) {
            watched.node().pauses().add(back.get().pauseNs());
            watched.account().close(wentBack(back.get()) + remark, back.get());
        } else {
            watched.account().close(Outcome.SWITCHED, stays(how.early()) + remark);
        }
    }

    private String wentBack(Return back) {
        String who = watched.trial().chosen().toString();
        String sentence = watched.old() + " is back: " + back.cause();
        if (back.redone() > 0) {
            sentence += "; it has processed " + back.redone() + " messages at which " + who + " failed";
        }
        if (!back.stateCarried() && back.completed() > 0) {
            sentence += "; what " + back.completed() + " completed calls of " + who
                    + " changed in the state is lost, since it was not taken over";
        }
        return sentence;
    }

    private String stays(String early) {
        Trial trial = watched.trial();
        long millis = trial.probation().time().toMillis();
        String sentence = trial.chosen() + " serves instead of " + watched.old();
        if (!early.isEmpty()) {
            return sentence + "; its probation ended early: " + early;
        }
        return millis == 0 ? sentence : sentence + " and has passed its probation of " + millis + " ms";
    }

    @Override
    public boolean abandon(String why) {
        LOG.log(Level.DEBUG, "the trial of {0} does not end now: {1}", node(), why);
        if (!watched.trial().isOver()) {
            again.run(); // nothing can be said yet; when the container closes, its trials are closed with it
        }
        return false;
    }
}
