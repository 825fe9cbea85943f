package ioverlay.algo.coding.arq;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to one neighbour of one originator and has not been acknowledged. Links keep order but for what waits at
 * their beginning: what was sent clearly before something that has come is lost (RFC 8985).
 */
final class Lane {
    private static final long LEAST_MARGIN_NS = 10_000_000;
    private static final int MOST_LOG = 2 * Arrivals.AHEAD;
    private static final int MOST_BACKOFF = 5;

    /** When a message was sent, perhaps not for the first time. */
    private record Sending(long number, long ns) {}

    private final Deque<Sending> log = new ArrayDeque<>();
    private final TreeSet<Long> open = new TreeSet<>();
    private final TreeSet<Long> lost = new TreeSet<>();
    private @Nullable Receipt latest;
    private long progressNs;
    private long roundTripNs;
    private int backoff;

    /** Whether there is no receipt yet that has it. */
    boolean wants(long number) {
        return latest == null || !latest.has(number);
    }

    void sent(long number, long nowNs) {
        if (open.isEmpty()) {
            progressNs = nowNs;
        }
        open.add(number);
        lost.remove(number);
        log.add(new Sending(number, nowNs));
        if (log.size() > MOST_LOG) {
            lose(log.remove());
        }
    }

    /** The neighbour has said what it has. */
    void acknowledged(Receipt receipt, long nowNs, LongConsumer done) {
        latest = receipt;
        Optional<Sending> arrived = log.stream()
                .filter(sending -> sending.number() == receipt.last())
                .findFirst();
        List<Long> here = open.stream().filter(receipt::has).toList();
        for (long number : here) {
            forget(number);
            done.accept(number);
        }
        if (!here.isEmpty()) {
            progressNs = nowNs;
            backoff = 0;
        }
        arrived.ifPresent(sending -> loseBefore(sending, nowNs));
    }

    private void loseBefore(Sending arrived, long nowNs) {
        long sample = nowNs - arrived.ns();
        roundTripNs = roundTripNs == 0 ? sample : roundTripNs - roundTripNs / 8 + sample / 8;
        long margin = LEAST_MARGIN_NS + roundTripNs / 4;
        while (!log.isEmpty() && log.peek().ns() <= arrived.ns() - margin) {
            lose(log.remove());
        }
    }

    /** Nothing has been acknowledged for long: all that was sent as long ago is sent again. */
    void lookForLate(long retryNs, long nowNs) {
        long late = Math.max(retryNs, 2 * roundTripNs) << backoff;
        if (open.isEmpty() || nowNs - progressNs < late) {
            return;
        }
        while (!log.isEmpty() && nowNs - log.peek().ns() >= late) {
            lose(log.remove());
        }
        if (!lost.isEmpty()) {
            progressNs = nowNs;
            backoff = Math.min(MOST_BACKOFF, backoff + 1);
        }
    }

    private void lose(Sending sending) {
        if (open.contains(sending.number())) {
            lost.add(sending.number());
        }
    }

    /** It could not be sent. */
    void refused(long number) {
        if (open.contains(number)) {
            lost.add(number);
        }
    }

    /** What is to be sent again. */
    List<Long> lost() {
        return new ArrayList<>(lost);
    }

    boolean hasLost() {
        return !lost.isEmpty();
    }

    /** Is no longer waited for. */
    void forget(long number) {
        open.remove(number);
        lost.remove(number);
        if (open.isEmpty()) {
            log.clear();
        }
    }

    /** What is not acknowledged. */
    List<Long> open() {
        return List.copyOf(open);
    }
}
