package ioverlay.algo.coding.rlnc;

import ioverlay.api.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** A node after this one, and what it has of one stream: what was sent, what is under way, what it has said. */
final class Downstream {
    private static final long LEAST_WAIT_NS = 200_000_000;
    private static final long MOST_WAIT_NS = 5_000_000_000L;
    private static final long FIRST_WAIT_NS = 1_000_000_000;
    private static final int ROUNDS_REMEMBERED = 64;
    private static final int MOST_BACKOFF = 8;
    private static final double MEMORY_OF_LOSS = 1024;
    private static final double MOST_LOSS = 0.9;

    /** A packet of which is not known yet whether it has arrived. */
    private record Flight(long number, int generation, long atNs) {}

    /** What it got of one generation. */
    private static final class Progress {
        private int sent;
        private int flying;
        private double credit;
    }

    private final NodeId node;
    private final Deque<Flight> flights = new ArrayDeque<>();
    private final Map<Integer, Progress> progress = new HashMap<>();
    private long number;
    private Report last;
    private boolean isGone;
    private double weightSent;
    private double weightLost;
    private long roundTripNs = FIRST_WAIT_NS;
    private int backoff = 1;
    private double redundancy;

    Downstream(NodeId node, Report nothing) {
        this.node = node;
        last = nothing;
    }

    NodeId node() {
        return node;
    }

    /** The last that it has said. */
    Report last() {
        return last;
    }

    /** Whether it cannot be reached, so that nothing waits for it. */
    boolean isGone() {
        return isGone;
    }

    void gone(boolean gone) {
        isGone = gone;
        if (gone) {
            flights.clear();
            progress.clear();
        }
    }

    /** Before anything was said of a stream: how many bring it. */
    void share(int upstreams) {
        last = new Report(
                last.stream(), last.session(), upstreams, last.highest(), last.received(), last.due(), last.wants());
    }

    /** The part of each generation that it is to have from here. */
    double part() {
        return 1.0 / last.upstreams();
    }

    /** The part of what is sent that is lost, as measured. */
    double loss() {
        return weightSent == 0 ? 0 : Math.min(MOST_LOSS, weightLost / weightSent);
    }

    boolean isDone(int generation) {
        return generation < last.due() || last.wants().getOrDefault(generation, 0) == Report.COMPLETE;
    }

    /** How many packets of a generation it wants; of one that it does not know, its part. */
    int wants(Generation generation) {
        int said = last.wants().getOrDefault(generation.number(), 0);
        if (!last.wants().containsKey(generation.number())) {
            return (int) Math.ceil(generation.used() * part());
        }
        return misses(generation) ? 0 : said & ~Report.CLOSED;
    }

    /** Whether it wants what is not there: it does not know yet that the generation has fewer blocks. */
    boolean misses(Generation generation) {
        int said = last.wants().getOrDefault(generation.number(), Report.COMPLETE);
        return generation.isClosed() && said != Report.COMPLETE && (said & Report.CLOSED) == 0;
    }

    int flying(int generation) {
        return of(generation).flying;
    }

    /** A packet leaves now. */
    long next(int generation, long nowNs) {
        Progress of = of(generation);
        of.sent++;
        of.flying++;
        number++;
        flights.add(new Flight(number, generation, nowNs));
        return number;
    }

    int sent(int generation) {
        return of(generation).sent;
    }

    /** Adds to what may be sent of a generation at once, and says whether a packet may, which is then taken off. */
    boolean earns(int generation, double credit) {
        Progress of = of(generation);
        of.credit += credit;
        if (of.credit < 1 - 1e-6) {
            return false;
        }
        of.credit--;
        return true;
    }

    /** How many packets more a generation needs since some are lost, rounded so that it is right in the long run. */
    int redundancy(Generation generation) {
        redundancy += generation.used() * part() * loss() / (1 - loss());
        int whole = (int) redundancy;
        redundancy -= whole;
        return Math.min(whole, generation.used());
    }

    private Progress of(int generation) {
        return progress.computeIfAbsent(generation, none -> new Progress());
    }

    /** It has said something. */
    void report(Report report, long nowNs) {
        isGone = false;
        long sent = Math.min(report.highest(), number) - last.highest();
        if (sent > 0) {
            long came = report.received() - last.received();
            weightSent += sent;
            weightLost += Math.clamp(sent - came, 0, sent);
            if (weightSent > MEMORY_OF_LOSS) {
                weightSent /= 2;
                weightLost /= 2;
            }
            backoff = 1;
        }
        last = report;
        for (Flight first = flights.peek();
                first != null && first.number() <= report.highest();
                first = flights.peek()) {
            land(flights.remove());
            took(nowNs - first.atNs());
        }
    }

    /** The longest of late counts: a node that is busy is not a link that loses. */
    private void took(long roundNs) {
        roundTripNs = Math.max(roundNs, roundTripNs - roundTripNs / ROUNDS_REMEMBERED);
    }

    private void land(Flight flight) {
        Progress of = progress.get(flight.generation());
        if (of != null) {
            of.flying--;
        }
    }

    /** Gives up what should have been heard of for long: the last packets of all are not followed by any that tell. */
    void expire(long nowNs) {
        long waitNs = backoff * Math.clamp(2 * roundTripNs, LEAST_WAIT_NS, MOST_WAIT_NS);
        boolean hasExpired = false;
        for (Flight first = flights.peek(); first != null && nowNs - first.atNs() >= waitNs; first = flights.peek()) {
            land(flights.remove());
            hasExpired = true;
        }
        if (hasExpired) {
            backoff = Math.min(MOST_BACKOFF, 2 * backoff);
        }
    }

    /** Forgets generations before this one. */
    void forget(int first) {
        progress.keySet().removeIf(generation -> generation < first);
    }

    /** How many packets it was sent: goes over a swap. */
    long number() {
        return number;
    }

    void restore(long sent, Report said) {
        number = sent;
        last = said;
    }
}
