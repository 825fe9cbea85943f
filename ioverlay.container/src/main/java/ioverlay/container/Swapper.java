package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.container.Probation;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.api.container.Swaps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes requests for swaps and tells of each what became of it.
 *
 * <p><b>Threads:</b> any.
 */
final class Swapper implements Swaps {
    private final Directory directory;
    private final Chooser versions;
    private final Steward steward;
    private final Trials trials;
    private final Scribe scribe;
    private final Commands commands;
    private final Reasons reasons;
    private final Shadowing shadowing;
    private final EventLog events;

    Swapper(
            Directory directory,
            Chooser versions,
            Steward steward,
            Trials trials,
            Scribe scribe,
            Commands commands,
            Reasons reasons,
            Shadowing shadowing,
            EventLog events) {
        this.directory = directory;
        this.versions = versions;
        this.steward = steward;
        this.trials = trials;
        this.scribe = scribe;
        this.commands = commands;
        this.reasons = reasons;
        this.shadowing = shadowing;
        this.events = events;
    }

    @Override
    public ShadowRun shadow(ShadowRequest request) {
        return shadowing.start(request);
    }

    @Override
    public List<String> why(String node, int application) {
        return reasons.of(directory.require(node), application);
    }

    @Override
    public CompletableFuture<SwapResult> swap(SwapRequest request, Consumer<SwapPhase> progress) {
        return commands.answer(request.id(), answer -> submit(request, progress, answer));
    }

    private void submit(SwapRequest request, Consumer<SwapPhase> progress, Consumer<SwapResult> answer) {
        String node = directory.find(request.node()).map(LiveNode::name).orElse(request.node());
        Account account = new Account(request, progress, result -> tell(node, result, answer));
        steward.submit(new Swap(account, node, directory, versions, trials, scribe));
    }

    @Override
    public CompletableFuture<SwapResult> rollback(String node, int application, String id) {
        return commands.answer(id, answer -> goBack(node, application, id, answer));
    }

    /** On probation the old instance takes over at once; later its version comes by the road of a swap. */
    private void goBack(String node, int application, String id, Consumer<SwapResult> answer) {
        SwapRequest asked = new SwapRequest(node, application, "", "0")
                .withProbation(Probation.NONE)
                .withId(id);
        try {
            LiveSlot slot = directory.require(node).slot(application);
            Chosen before = slot.standing()
                    .trial()
                    .flatMap(Trial::before)
                    .map(Standing::choice)
                    .orElse(slot.standing().choice());
            Optional<Account> trial = trials.goBack(slot, "a rollback was asked for");
            if (trial.isPresent()) {
                trial.get().whenClosed(of -> {
                    if (of.outcome() == Outcome.RETURNED) {
                        answer.accept(wayBack(to(asked, before), of));
                    } else {
                        goBackLater(slot, asked, answer); // it had just passed
                    }
                });
            } else {
                goBackLater(slot, asked, answer);
            }
        } catch (RefusedException e) {
            refuse(asked, e, answer);
        }
    }

    /** Without a probation: the one who asks wants to be rid of what serves now, whatever the one before does. */
    private void goBackLater(LiveSlot slot, SwapRequest asked, Consumer<SwapResult> answer) {
        Optional<Chosen> previous = slot.standing().previous();
        if (previous.isPresent()) {
            submit(to(asked, previous.get()), phase -> {}, answer);
        } else {
            refuse(asked, new RefusedException(slot.label() + " has no version to go back to"), answer);
        }
    }

    private void refuse(SwapRequest asked, RefusedException why, Consumer<SwapResult> answer) {
        String node = directory.find(asked.node()).map(LiveNode::name).orElse(asked.node());
        new Account(asked, phase -> {}, result -> tell(node, result, answer)).close(Outcome.REFUSED, Reason.of(why));
    }

    private static SwapRequest to(SwapRequest asked, Chosen choice) {
        return new SwapRequest(
                asked.node(),
                asked.application(),
                choice.origin().algorithm(),
                choice.exactly().toString(),
                Optional.of(choice.spec().settings()),
                asked.probation(),
                asked.id());
    }

    /** The return from a trial as the one sees it who asked for it: a swap that took place. Its event is the trial's. */
    private static SwapResult wayBack(SwapRequest request, SwapResult of) {
        return new SwapResult(
                request,
                of.to(),
                of.from(),
                Outcome.SWITCHED,
                SwapPhase.SWITCH,
                of.sentence(),
                Map.of(),
                of.pause(),
                of.heldCarried(),
                of.timersCarried(),
                of.redone(),
                of.forgotten());
    }

    private void tell(String node, SwapResult result, Consumer<SwapResult> answer) {
        directory
                .find(node)
                .flatMap(live -> live.find(result.request().application()))
                .ifPresent(slot -> slot.lastSwap(result));
        events.add("swap", node, sentence(result), detail(result));
        answer.accept(result);
    }

    private static String sentence(SwapResult result) {
        return "slot " + Integer.toUnsignedString(result.request().application()) + ": "
                + switch (result.outcome()) {
                    case SWITCHED -> "switched";
                    case REFUSED -> "swap refused";
                    case RETURNED -> "returned";
                }
                + ", " + result.sentence();
    }

    private static JsonObject detail(SwapResult result) {
        JsonObject phases = new JsonObject();
        result.took().forEach((phase, took) -> phases.addProperty(phase.name(), micros(took.toNanos())));
        JsonObject detail = new JsonObject();
        detail.addProperty(
                "application", Integer.toUnsignedString(result.request().application()));
        detail.addProperty("algorithm", result.request().algorithm());
        detail.addProperty("versions", result.request().versions());
        detail.addProperty("from", result.from());
        detail.addProperty("to", result.to());
        detail.addProperty("outcome", result.outcome().name());
        detail.addProperty("reached", result.reached().name());
        detail.add("phaseMicros", phases);
        detail.addProperty("pauseMicros", micros(result.pause().toNanos()));
        detail.addProperty("held", result.heldCarried());
        detail.addProperty("timers", result.timersCarried());
        detail.addProperty("redone", result.redone());
        detail.addProperty("forgotten", result.forgotten());
        return detail;
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
