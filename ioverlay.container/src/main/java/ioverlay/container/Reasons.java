package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.SwapResult;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says in sentences why a slot is as it is.
 *
 * <p><b>Threads:</b> any.
 */
final class Reasons {
    private final Catalogue<Algorithm> algorithms;
    private final Nearest nearest;

    /** What else of a name could be had. */
    @FunctionalInterface
    interface Nearest {
        /** Versions that are stored or not started, each for a person. */
        List<String> elsewhere(String name);
    }

    Reasons(Catalogue<Algorithm> algorithms, Nearest nearest) {
        this.algorithms = algorithms;
        this.nearest = nearest;
    }

    List<String> of(LiveNode node, int application) {
        LiveSlot slot = node.slot(application);
        Standing now = slot.standing();
        List<String> why = new ArrayList<>();
        why.add(what(node, slot, now));
        now.trial()
                .filter(trial -> !trial.isOver())
                .ifPresent(trial -> why.add(trial.chosen() + " is on probation for another " + trial.remainingMillis()
                        + " ms; "
                        + trial.before()
                                .map(Standing::choice)
                                .map(Chosen::toString)
                                .orElse("the one before")
                        + " is at hand and takes over if it fails, or on a rollback"));
        slot.lastSwap().ifPresent(result -> why.add(last(result)));
        if (now.serving().isEmpty()) {
            why.add(wayOut(slot, now));
        }
        why.add(versions(now));
        why.add(now.previous()
                .map(choice -> "a rollback takes " + choice)
                .orElse("a rollback has nothing to go back to"));
        return List.copyOf(why);
    }

    private static String what(LiveNode node, LiveSlot slot, Standing now) {
        String place = slot.label() + " of node '" + node.name() + "' ";
        return now.serving().isPresent()
                ? place + "is served by " + now.choice() + " since "
                        + now.since().truncatedTo(ChronoUnit.SECONDS)
                : place + "is parked since " + now.since().truncatedTo(ChronoUnit.SECONDS) + ": " + now.parked()
                        + "; its messages wait, nothing is lost";
    }

    private static String last(SwapResult result) {
        return "its last swap "
                + switch (result.outcome()) {
                    case SWITCHED -> "succeeded: ";
                    case REFUSED -> "was refused in phase " + result.reached() + ": ";
                    case RETURNED -> "went back: ";
                }
                + result.sentence();
    }

    private String wayOut(LiveSlot slot, Standing now) {
        Chosen choice = now.choice();
        Optional<Source<Algorithm>> candidate = algorithms.find(choice.spec().algorithm(), choice.range());
        if (candidate.isPresent() && slot.hasStalled(candidate.get().origin())) {
            return candidate.get() + " has stalled here and does not come back by itself; a swap brings the slot back";
        }
        return "what would bring it back: " + choice.spec().algorithm() + " in versions "
                + choice.range() + ", as soon as its bundle is started, or a swap"
                + candidate
                        .map(there -> "; " + there + " is here and did not take over")
                        .orElse("");
    }

    private String versions(Standing now) {
        String name = now.choice().spec().algorithm();
        List<String> all = new ArrayList<>(algorithms.all().stream()
                .filter(source -> source.name().equals(name))
                .map(Source::toString)
                .distinct()
                .toList());
        all.addAll(nearest.elsewhere(name));
        return all.isEmpty()
                ? "there is no version of " + name + " here"
                : "versions that can be had: " + String.join(", ", all);
    }
}
