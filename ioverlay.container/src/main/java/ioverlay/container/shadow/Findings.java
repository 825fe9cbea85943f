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

    /** The shadow has completed the call, too. */
    synchronized void completed(Seen call, Understudy.Answer answer, long tookNs) {
        if (closed) {
            return;
        }
        compared++;
        took(call, tookNs);
        if (call.disposition() != answer.disposition() || !Comparison.same(call.sends(), answer.sends())) {
            differed++;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(words.differed(call, answer));
            }
        }
    }

    /** The shadow threw: there is nothing to compare. */
    synchronized void failed(Seen call, Throwable thrown, long tookNs) {
        if (closed) {
            return;
        }
        failed++;
        took(call, tookNs);
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(words.failed(call, thrown));
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
