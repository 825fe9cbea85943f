package ioverlay.container.shadow;

import ioverlay.api.container.ShadowReport.Example;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found so far, until it is closed.
 *
 * <p><b>Threads:</b> the shadow's finds, any reads.
 */
final class Findings {
    /** The most examples that are kept. */
    static final int MOST_EXAMPLES = 5;

    private final Words words;
    private final List<Example> examples = new ArrayList<>();
    private long compared;
    private long differed;
    private long failed;
    private long liveNs;
    private long shadowNs;
    private boolean closed;

    /** All of it at one moment; the durations are averages over the calls that were compared or failed. */
    record Sum(
            long compared, long differed, long failed, Duration liveTurn, Duration shadowTurn, List<Example> examples) {
        long calls() {
            return compared + failed;
        }
    }

    Findings(Words words) {
        this.words = words;
    }

    /**
     * The shadow has completed the call, too. Not under the lock, as below: a message or an exception of the author's own
     * make may throw here, or not come back.
     */
    void completed(Seen call, Understudy.Answer answer, long tookNs) {
        boolean same = call.disposition() == answer.disposition() && Comparison.same(call.sends(), answer.sends());
        List<Example> found = same || isFull() ? List.of() : List.of(words.differed(call, answer));
        count(call, tookNs, found, false, !same);
    }

    /** The shadow threw: there is nothing to compare. */
    void failed(Seen call, Throwable thrown, long tookNs) {
        List<Example> found = List.of();
        try {
            found = isFull() ? List.of() : List.of(words.failed(call, thrown));
        } catch (Throwable e) {
            // Plug-in boundary: an exception that cannot even be told is counted without words.
            found = List.of();
        }
        count(call, tookNs, found, true, false);
    }

    private synchronized boolean isFull() {
        return examples.size() == MOST_EXAMPLES;
    }

    private synchronized void count(Seen call, long tookNs, List<Example> found, boolean threw, boolean other) {
        if (!closed) {
            failed += threw ? 1 : 0;
            compared += threw ? 0 : 1;
            differed += other ? 1 : 0;
            examples.addAll(found);
            took(call, tookNs);
        }
    }

    private void took(Seen call, long tookNs) {
        liveNs += call.tookNs();
        shadowNs += tookNs;
    }

    /** Whatever a thread finds that was left behind comes too late. */
    synchronized void close() {
        closed = true;
    }

    synchronized Sum sum() {
        long calls = Math.max(1, compared + failed);
        return new Sum(
                compared,
                differed,
                failed,
                Duration.ofNanos(liveNs / calls),
                Duration.ofNanos(shadowNs / calls),
                List.copyOf(examples));
    }
}
