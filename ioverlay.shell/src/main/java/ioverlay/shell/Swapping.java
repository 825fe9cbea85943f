package ioverlay.shell;

import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.api.container.Swaps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Swaps one node after the other, or all at once, and lets a person watch and cancel. */
final class Swapping {
    /** How long a cancelled swap may take to end; a container answers within its own, shorter limits. */
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    private final Swaps swaps;
    private final Here here;

    /** One slot's way back. */
    record Way(String node, int application, String id) {}

    Swapping(Swaps swaps, Here here) {
        this.swaps = swaps;
        this.here = here;
    }

    Shown<SwapResult> swap(List<SwapRequest> requests, boolean atOnce) {
        List<SwapResult> results = new ArrayList<>();
        try (Progress progress = Progress.at(here);
                Interruption interruption = Interruption.at(here)) {
            if (atOnce) {
                List<OneSwap> all = requests.stream()
                        .map(request -> new OneSwap(swaps, request, progress))
                        .toList();
                all.forEach(one -> results.add(one.await(interruption)));
            } else {
                for (SwapRequest request : requests) {
                    SwapResult result = new OneSwap(swaps, request, progress).await(interruption);
                    results.add(result);
                    if (result.outcome() != Outcome.SWITCHED && !servedAlready(result)) {
                        break;
                    }
                }
            }
        }
        return judged(
                results,
                requests.stream().skip(results.size()).map(SwapRequest::node).toList());
    }

    Shown<SwapResult> back(List<Way> ways) {
        List<SwapResult> results = new ArrayList<>();
        try (Progress progress = Progress.at(here);
                Interruption interruption = Interruption.at(here)) {
            for (Way way : ways) {
                progress.show(way.node() + ": going back ...");
                CompletableFuture<SwapResult> back = swaps.rollback(way.node(), way.application(), way.id());
                if (!interruption.await(back)) {
                    throw new Failed("cancelled: node '" + way.node() + "' may still be on its way back");
                }
                results.add(back.join());
            }
        }
        return judged(results, List.of());
    }

    /** A swap that stopped halfway can be repeated: whoever went over the first time is passed over. */
    private static boolean servedAlready(SwapResult result) {
        return result.outcome() == Outcome.REFUSED
                && result.reached() == SwapPhase.VERIFY
                && !result.to().isEmpty()
                && result.to().equals(result.from());
    }

    /** All of them if all have switched, or some have and the others needed not to. */
    private static Shown<SwapResult> judged(List<SwapResult> results, List<String> notTried) {
        List<SwapResult> failed = results.stream()
                .filter(result -> result.outcome() != Outcome.SWITCHED)
                .toList();
        if (failed.stream().allMatch(Swapping::servedAlready) && failed.size() < results.size()) {
            return SwapPage.shown(results);
        }
        String sentences = failed.stream().map(Swapping::sentence).collect(Collectors.joining("\n"));
        List<String> switched = results.stream()
                .filter(result -> result.outcome() == Outcome.SWITCHED)
                .map(result -> result.request().node())
                .toList();
        throw new SwapFailed(
                sentences
                        + (switched.isEmpty() ? "" : "\nswitched: " + String.join(", ", switched))
                        + (notTried.isEmpty() ? "" : "\nnot tried: " + String.join(", ", notTried)),
                results);
    }

    private static String sentence(SwapResult result) {
        return result.request().node() + ": " + result.outcome().name().toLowerCase(Locale.ROOT) + " in "
                + result.reached().name().toLowerCase(Locale.ROOT) + ": " + Cell.harmless(result.sentence());
    }

    /** One swap that is under way. */
    private static final class OneSwap {
        private final Swaps swaps;
        private final SwapRequest request;
        private final Progress progress;
        private final CompletableFuture<Boolean> onProbation = new CompletableFuture<>();
        private final CompletableFuture<SwapResult> result;

        OneSwap(Swaps swaps, SwapRequest request, Progress progress) {
            this.swaps = swaps;
            this.request = request;
            this.progress = progress;
            this.result = swaps.swap(request, this::reached);
        }

        private void reached(SwapPhase phase) {
            if (phase == SwapPhase.PROBATION) {
                onProbation.complete(true);
            }
            progress.show(request.node() + ": " + phase.name().toLowerCase(Locale.ROOT)
                    + (phase == SwapPhase.PROBATION
                            ? " for " + Units.time(request.probation().time()) + ", Ctrl-C goes back"
                            : ""));
        }

        SwapResult await(Interruption interruption) {
            if (interruption.await(result)) {
                return result.join();
            }
            return cancelled();
        }

        /** Before the switch nothing can be taken back, so the way back begins when the new version serves. */
        private SwapResult cancelled() {
            progress.show(request.node() + ": going back ...");
            try {
                Thread.ofVirtual().name("overlay-shell-back").start(this::goBack);
                return result.get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // said below
            }
            throw new Failed("cancelled: how the swap of node '" + request.node() + "' ended is not known yet");
        }

        private void goBack() {
            try {
                CompletableFuture.anyOf(result, onProbation).get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
                if (!result.isDone()) {
                    swaps.rollback(request.node(), request.application(), "")
                            .get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                System.getLogger(Swapping.class.getName())
                        .log(System.Logger.Level.WARNING, "a cancelled swap did not go back", e);
            }
        }
    }
}
