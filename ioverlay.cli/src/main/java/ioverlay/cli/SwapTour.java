package ioverlay.cli;

import ioverlay.api.container.Probation;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Takes every node of the demo to the next version and back, one after the other, spread over the file: each swap is due
 * when a certain part of the file has been sent.
 *
 * <p><b>Threads:</b> one.
 */
final class SwapTour {
    /** How long each version is watched: the file would have passed before a longer one were over. */
    private static final Probation PROBATION = Probation.STANDARD.lasting(Duration.ofMillis(200));

    /** How long one swap may take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The first swap is due when this much of the file has been sent. */
    private static final double FIRST_AT = 0.05;

    /** And the last one when this much has, which leaves it time to happen before the end. */
    private static final double LAST_AT = 0.88;

    private final Function<SwapRequest, CompletableFuture<SwapResult>> swaps;
    private final Ticker ticker;
    private final List<SwapRequest> requests;
    private final long fileBytes;
    private final List<Swapped> done = new ArrayList<>();
    private Optional<CompletableFuture<SwapResult>> running = Optional.empty();
    private long startedAt;

    /**
     * Plans the tour.
     *
     * @param swaps does one swap
     * @param requests in their order
     * @param fileBytes size of the file
     */
    SwapTour(
            Function<SwapRequest, CompletableFuture<SwapResult>> swaps,
            Ticker ticker,
            List<SwapRequest> requests,
            long fileBytes) {
        this.swaps = swaps;
        this.ticker = ticker;
        this.requests = List.copyOf(requests);
        this.fileBytes = fileBytes;
    }

    /** Every node to each of the version ranges in turn. */
    static List<SwapRequest> plan(List<String> nodes, int application, String algorithm, List<String> ranges) {
        return ranges.stream()
                .flatMap(range -> nodes.stream()
                        .map(node -> new SwapRequest(node, application, algorithm, range).withProbation(PROBATION)))
                .toList();
    }

    /**
     * Takes note of a swap that has ended, and asks for the next one if it is due.
     *
     * @param flowing whether the source still sends; if not, no swap is asked for any more
     * @param sentBytes tells how much of the file has been sent by now; asked after a swap was seen to be over
     * @throws FailedException if a swap has not ended for {@link #PATIENCE}
     */
    void look(boolean flowing, LongSupplier sentBytes) {
        running.filter(CompletableFuture::isDone).ifPresent(swap -> {
            done.add(Swapped.of(swap.join(), sentBytes.getAsLong()));
            running = Optional.empty();
        });
        if (running.isPresent()) {
            if (ticker.now() - startedAt > PATIENCE.toNanos()) {
                throw new FailedException("the swap at " + node() + " has not ended within " + PATIENCE.toSeconds()
                        + " s; " + done.size() + " of " + planned() + " swaps are done");
            }
        } else if (flowing && done.size() < planned() && sentBytes.getAsLong() >= dueAt(done.size())) {
            startedAt = ticker.now();
            running = Optional.of(swaps.apply(requests.get(done.size())));
        }
    }

    /**
     * How much of the file must have been sent before a swap is asked for: never nothing, never all of it. Up to one byte
     * has no in-between; the swaps then happen between the source's first and last message.
     */
    long dueAt(int swap) {
        double part = FIRST_AT + (LAST_AT - FIRST_AT) * swap / Math.max(1, planned() - 1);
        return fileBytes > 1 ? Math.clamp((long) (part * fileBytes), 1, fileBytes - 1) : 0;
    }

    /** For each node whether it has been taken to the next version and not yet back. */
    List<Boolean> onNext(List<String> nodes) {
        return nodes.stream()
                .map(node -> done.stream()
                                        .filter(swap -> swap.node().equals(node) && swap.switched())
                                        .count()
                                % 2
                        == 1)
                .toList();
    }

    /** All that have ended, in their order. */
    List<Swapped> done() {
        return List.copyOf(done);
    }

    int planned() {
        return requests.size();
    }

    /** Whether a swap is under way. */
    boolean isRunning() {
        return running.isPresent();
    }

    /** The node whose swap is under way, or the empty text. */
    String node() {
        return isRunning() ? requests.get(done.size()).node() : "";
    }
}
