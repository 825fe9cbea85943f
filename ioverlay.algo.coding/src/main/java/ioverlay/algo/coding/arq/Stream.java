package ioverlay.algo.coding.arq;

import ioverlay.api.NodeId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The messages of one originator: what has come, what is kept, and what is on its way to whom. */
final class Stream {
    private static final int MOST_UPSTREAMS = 100;

    private final NodeId originator;
    private final Arrivals arrivals;
    private final TreeMap<Long, Stored> kept = new TreeMap<>();
    private final Map<NodeId, Lane> lanes = new LinkedHashMap<>();

    /** Over whose links it comes, and the number that came last. */
    private final Map<NodeId, Long> upstreams = new LinkedHashMap<>();

    private final Set<NodeId> unreported = new LinkedHashSet<>();
    private long copiedBytes;

    Stream(NodeId originator, Arrivals arrivals) {
        this.originator = originator;
        this.arrivals = arrivals;
    }

    NodeId originator() {
        return originator;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    Lane lane(NodeId neighbour) {
        return lanes.computeIfAbsent(neighbour, next -> new Lane());
    }

    Map<NodeId, Lane> lanes() {
        return lanes;
    }

    // ---- receipts

    /** A message has come over a link: all that bring this stream are to know what is here. */
    void came(NodeId upstream, long number) {
        if (upstreams.containsKey(upstream) || upstreams.size() < MOST_UPSTREAMS) {
            upstreams.put(upstream, number);
            unreported.addAll(upstreams.keySet());
        }
    }

    /** Who is to get a receipt. */
    List<NodeId> unreported() {
        return List.copyOf(unreported);
    }

    /** The receipt that this one gets now. */
    Receipt report(NodeId upstream) {
        unreported.remove(upstream);
        return arrivals.receipt(originator, upstreams.getOrDefault(upstream, -1L));
    }

    /** It did not get it. */
    void reportAgain(NodeId upstream) {
        unreported.add(upstream);
    }

    // ---- what is kept

    void keep(Stored stored) {
        Stored before = kept.put(stored.message().sequence(), stored);
        copiedBytes += stored.copiedBytes() - (before == null ? 0 : before.copiedBytes());
    }

    Optional<Stored> kept(long number) {
        return Optional.ofNullable(kept.get(number));
    }

    /** The first that is to be delivered yet, beyond whatever is missing. */
    Optional<Stored> firstWaiting() {
        return Optional.ofNullable(kept.ceilingEntry(arrivals.next())).map(Map.Entry::getValue);
    }

    /** Those that have been kept for so long, as far as they are the first. */
    List<Stored> allOlderThan(long ns, long nowNs) {
        return kept.values().stream()
                .takeWhile(stored -> stored.isOlderThan(ns, nowNs))
                .toList();
    }

    List<Stored> allKept() {
        return List.copyOf(kept.values());
    }

    int size() {
        return kept.size();
    }

    long copiedBytes() {
        return copiedBytes;
    }

    /** A neighbour has a message, or is no longer waited for. */
    void done(NodeId neighbour, long number) {
        kept(number).ifPresent(stored -> {
            stored.open().remove(neighbour);
            settle(stored);
        });
    }

    /** Gives a message back if it is of no more use. */
    void settle(Stored stored) {
        if (stored.isDone()) {
            drop(stored);
        }
    }

    void drop(Stored stored) {
        if (kept.remove(stored.message().sequence(), stored)) {
            copiedBytes -= stored.copiedBytes();
            stored.open()
                    .forEach(
                            neighbour -> lane(neighbour).forget(stored.message().sequence()));
            stored.message().release();
        }
    }

    /** A neighbour is gone: nothing is kept for it. */
    void forget(NodeId neighbour) {
        Lane lane = lanes.remove(neighbour);
        if (lane != null) {
            lane.open().forEach(number -> done(neighbour, number));
        }
        upstreams.remove(neighbour);
        unreported.remove(neighbour);
    }

    /** Whether nothing is to be done at a tick. */
    boolean isIdle() {
        return kept.isEmpty() && unreported.isEmpty();
    }
}
