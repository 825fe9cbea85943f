package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.SwapResult.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that every trial ends: at its time, or earlier when the slot went back by itself, sends too little, is asked
 * to go back, or the node or a bundle leaves. While a trial lasts no job is running; its end is a job of its own.
 *
 * <p><b>Threads:</b> any. One platform thread, {@code overlay-probation}, keeps the time; it calls nothing that waits.
 */
final class Trials implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(Trials.class.getName());

    private final Steward steward;
    private final Scribe scribe;
    private final Set<Watched> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock;

    /**
     * Watches none yet.
     *
     * @param steward runs the jobs that end trials; closed with this
     */
    Trials(Steward steward, Scribe scribe) {
        this.steward = steward;
        this.scribe = scribe;
        clock = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("overlay-probation").factory(),
                new ThreadPoolExecutor.DiscardPolicy()); // only when closed, and then close() ends what is open
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * One trial with what belongs to it.
     *
     * @param source who is on probation
     * @param old what the slot goes back to
     * @param oldBundle number of its bundle; -1 if none served
     * @param told open once all of the switch is known and written down: before that nobody tells of the end
     */
    record Watched(
            LiveNode node,
            LiveSlot slot,
            Account account,
            Trial trial,
            Source<Algorithm> source,
            Chosen old,
            long oldBundle,
            Gate told) {}

    /** A trial that is about to begin; once told that something ended it, has that written down. */
    Watched prepare(LiveNode node, LiveSlot slot, Account account, Entrant entrant) {
        Source<Algorithm> source = entrant.lease().source();
        Standing now = slot.standing();
        Trial trial = new Trial(
                account.request().probation(),
                Chosen.pinned(source, entrant.settings()),
                it -> clock.execute(() -> settle(it)));
        long oldBundle = now.serving().map(lease -> lease.source().bundleId()).orElse(-1L);
        Watched watched = new Watched(node, slot, account, trial, source, now.choice(), oldBundle, new Gate());
        open.add(watched);
        return watched;
    }

    /** It did not begin. */
    void forget(Watched watched) {
        open.remove(watched);
    }

    /** The switch took place: watches from now on, or ends the trial at once on the caller's thread. */
    void watch(Watched watched, Rate before) {
        Duration time = watched.trial().probation().time();
        if (time.isZero() || watched.trial().isOver()) {
            ending(watched, "").run();
            return;
        }
        later(() -> end(watched, ""), time);
        if (before.asksForSome()) {
            Duration each = time.compareTo(SECOND) < 0 ? time.multipliedBy(9).dividedBy(10) : SECOND;
            schedule(watched, before.next(), each);
        }
    }

    private void schedule(Watched watched, Rate rate, Duration each) {
        later(() -> look(watched, rate, each), each);
    }

    private void later(Runnable work, Duration after) {
        ScheduledFuture<?> timed = clock.schedule(work, after.toNanos(), TimeUnit.NANOSECONDS);
        LOG.log(Level.TRACE, "a trial is looked at in {0} ms", timed.getDelay(TimeUnit.MILLISECONDS));
    }

    private void look(Watched watched, Rate rate, Duration each) {
        if (watched.trial().isOver()) {
            return;
        }
        Optional<String> tooLow = rate.tooLow(watched.trial().chosen().toString());
        if (tooLow.isPresent()) {
            end(watched, tooLow.get());
        } else {
            schedule(watched, rate.next(), each);
        }
    }

    /** Goes back to the old instance at once; empty if the slot has no trial, or one that is over. */
    Optional<Account> goBack(LiveSlot slot, String why) {
        Optional<Watched> found = open.stream()
                .filter(watched -> watched.slot() == slot
                        && !watched.trial().isOver()
                        && watched.trial().before().isPresent())
                .findFirst();
        found.ifPresent(watched -> end(watched, why));
        return found.map(Watched::account);
    }

    private void settle(Trial trial) {
        open.stream().filter(watched -> watched.trial() == trial).forEach(watched -> end(watched, ""));
    }

    /**
     * Has a trial end: with the reason, the slot goes back; without, it is confirmed, or found how it ended by itself. A
     * version can fail before it is written down that it serves; then the end waits for that.
     */
    void end(Watched watched, String goBack) {
        watched.told().pass(() -> steward.submit(ending(watched, goBack)));
    }

    private Ending ending(Watched watched, String goBack) {
        return new Ending(watched, goBack, this::ended, () -> later(() -> end(watched, goBack), SECOND));
    }

    /** The first of several that ended a trial writes it down; the others have nothing to tell. */
    private Optional<String> ended(Watched watched) {
        return open.remove(watched) ? Optional.of(scribe.ended(watched)) : Optional.empty();
    }

    /** Ends what is open: what is on probation now is not what a restart begins with. */
    @Override
    public void close() {
        clock.shutdownNow();
        steward.close();
        for (Watched watched : open) {
            watched.account()
                    .close(
                            Outcome.RETURNED,
                            "the container is closing during the probation of "
                                    + watched.trial().chosen()
                                    + ": when it starts again, the version before serves");
        }
        open.clear();
    }
}
