package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A call of a slot's version did not end, and the engine has parked the slot: brings the version before back, out of the
 * store if need be. Without one the slot stays parked, and what stalled does not come back by itself.
 *
 * <p><b>Threads:</b> runs on one thread of the {@link Steward}.
 */
final class Fallback implements Job {
    /** How long a node may take to be shown after it was made. */
    private static final long SHOWN_LIMIT_MS = 5_000;

    private static final long LOOK_EVERY_MS = 20;

    private final String node;
    private final int application;
    private final Directory directory;
    private final String cause;
    private final Chooser versions;
    private final Scribe scribe;
    private final EventLog events;

    /** Whoever sets it first decides: the switch, or giving up. */
    private final AtomicBoolean decided = new AtomicBoolean();

    Fallback(
            String node,
            int application,
            String cause,
            Directory directory,
            Chooser versions,
            Scribe scribe,
            EventLog events) {
        this.node = node;
        this.application = application;
        this.directory = directory;
        this.cause = cause;
        this.versions = versions;
        this.scribe = scribe;
        this.events = events;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public void run() {
        try {
            Optional<LiveNode> live = shown();
            Optional<LiveSlot> slot = live.flatMap(found -> found.find(application));
            if (slot.isPresent()) {
                fallBack(live.get(), slot.get());
            }
        } catch (RuntimeException | LinkageError e) {
            // Request boundary: the slot stays parked.
            stay("what stalled there was not replaced: " + Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A slot can stall before its node is shown to others; then it is waited for. */
    private Optional<LiveNode> shown() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SHOWN_LIMIT_MS);
        Optional<LiveNode> live = directory.find(node);
        while (live.isEmpty() && deadline - System.nanoTime() > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            live = directory.find(node);
        }
        return live;
    }

    private void fallBack(LiveNode live, LiveSlot slot) throws InterruptedException {
        Optional<Source<Algorithm>> stalled = slot.stalled(cause);
        if (stalled.isEmpty()) {
            return; // its bundle has left meanwhile, or somebody was faster
        }
        Optional<Chosen> previous = slot.standing().previous();
        try {
            if (previous.isEmpty()) {
                stay(stalled.get() + " stalled, and there is no version before it");
            } else if (slot.hasStalled(previous.get().origin())) {
                stay(stalled.get() + " stalled, as " + previous.get() + " has before");
            } else {
                comeBack(live, slot, stalled.get(), previous.get());
            }
        } catch (RuntimeException | LinkageError e) {
            // Plug-in boundary: the slot stays parked and keeps its state for another version.
            stay(stalled.get() + " stalled, and "
                    + previous.map(Chosen::toString).orElse("the one before") + " does not come back: " + Reason.of(e));
        }
    }

    private void comeBack(LiveNode live, LiveSlot slot, Source<Algorithm> stalled, Chosen previous)
            throws InterruptedException {
        try (Chooser.Claim claim = versions.choose(previous.origin().algorithm(), previous.exactly())) {
            Entrant entrant =
                    slot.entrance().enter(claim.lease(), previous.spec().settings());
            slot.entrance().rehearse(entrant);
            if (!decided.compareAndSet(false, true)) {
                slot.entrance().dismiss(entrant);
                return;
            }
            Optional<Throwable> failure = slot.fallBack(entrant).failure();
            if (failure.isPresent()) {
                stay(stalled + " stalled, and " + previous + " does not take over: " + Reason.withPlace(failure.get()));
                return;
            }
            claim.used();
            scribe.fellBack(live, slot, claim.source(), stalled.bundleId());
            tell("slot.returned", previous + " is back, since " + stalled + " stalled: " + cause);
        }
    }

    private void stay(String why) {
        tell("slot.parked", "stays parked: " + why + "; a swap to another version brings it back (" + cause + ")");
    }

    private void tell(String kind, String what) {
        JsonObject detail = new JsonObject();
        String slot = Integer.toUnsignedString(application);
        detail.addProperty("application", slot);
        detail.addProperty("cause", cause);
        events.add(kind, node, "slot " + slot + " " + what, detail);
    }

    @Override
    public boolean abandon(String why) {
        boolean given = decided.compareAndSet(false, true);
        if (given) {
            stay("the version before does not come back: " + why);
        }
        return given;
    }
}
