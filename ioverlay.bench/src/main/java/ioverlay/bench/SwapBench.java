package ioverlay.bench;

import ioverlay.api.container.Probation;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Replaces the algorithm of a fully loaded node again and again, and looks how long it stood still and what got lost. */
final class SwapBench {
    private static final String NEXT_BUNDLE = "ioverlay.algo.relay-1.1.0.jar";
    private static final String FIRST = "[1.0,1.1)";
    private static final String NEXT = "[1.1,1.2)";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Steering steering;
    private final Progress progress;

    SwapBench(Steering steering, Progress progress) {
        this.steering = steering;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws FailedException if a swap does not end, or an application fails
     */
    SwapReport run(SwapOptions options) throws InterruptedException {
        Path next = steering.bundles().resolve(NEXT_BUNDLE);
        if (!Files.exists(next)) {
            throw new FailedException("the relay's next version is missing: " + next);
        }
        steering.repository().add(next.toUri());
        try (Crossing crossing = new Crossing(steering, FIRST)) {
            crossing.send(options.payloadBytes());
            TimeUnit.NANOSECONDS.sleep(options.warmUp().toNanos());
            long bytes = crossing.deliveredBytes();
            long messages = crossing.delivered();
            long start = System.nanoTime();
            List<SwapResult> results = swap(options);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            bytes = crossing.deliveredBytes() - bytes;
            messages = crossing.delivered() - messages;
            progress.done();
            return new SwapReport(
                    options, results, crossing.settle(), new Throughput(messages, bytes, took), Conditions.here());
        }
    }

    private List<SwapResult> swap(SwapOptions options) throws InterruptedException {
        Probation probation =
                options.probation().isZero() ? Probation.NONE : Probation.STANDARD.lasting(options.probation());
        List<SwapResult> results = new ArrayList<>();
        while (results.size() < options.swaps()) {
            String versions = results.size() % 2 == 0 ? NEXT : FIRST;
            SwapResult result = await(
                    new SwapRequest(Crossing.MIDDLE, Crossing.APPLICATION, "relay", versions).withProbation(probation));
            results.add(result);
            progress.swapped(results.size(), options.swaps(), result);
            if (result.outcome() != Outcome.SWITCHED) {
                break; // the rest would measure something else
            }
            TimeUnit.NANOSECONDS.sleep(options.between().toNanos());
        }
        return results;
    }

    private SwapResult await(SwapRequest request) throws InterruptedException {
        Duration limit = PATIENCE.plus(request.probation().time());
        try {
            return steering.swaps().swap(request).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new FailedException("a swap has not ended within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a swap always has a result", e);
        }
    }
}
