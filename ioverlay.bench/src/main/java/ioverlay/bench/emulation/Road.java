package ioverlay.bench.emulation;

import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.LinkEmulation;
import ioverlay.api.container.LinkEmulation.Way;
import java.util.List;

/**
 * A source, a sink, caps in between: {@code NAME-a → [NAME-m →] NAME-b}.
 *
 * @param name of its nodes
 * @param gauge of the sink
 */
record Road(String name, Gauge gauge) {
    static final int APPLICATION = 1;

    private static final int HEADER_BYTES = 24;
    private static final int LEAST_PAYLOAD = 64;
    private static final int MOST_PAYLOAD = 5120;
    private static final long MESSAGES_PER_SECOND = 50;

    /** Builds one whose caps let a rate through; 0: without caps. */
    static Road of(Fleet fleet, String name, Kind kind, long rate) {
        String below = name + "-b";
        NodeId end = fleet.relay(below, Caps.node(0, times(rate, kind.in), 0, List.of()));
        NodeId next = end;
        if (kind.relay > 0) {
            next = fleet.relay(name + "-m", Caps.node(times(rate, kind.relay), 0, 0, List.of()), end);
        }
        Emulation above = Caps.node(
                times(rate, kind.total), 0, times(rate, kind.out), link(Way.TO, next, times(rate, kind.link)));
        NodeId start = fleet.relay(name + "-a", above, next);
        if (kind.from > 0) {
            // It can only now be said whom the sink's node receives from.
            NodeId before = kind.relay > 0 ? next : start;
            fleet.renew(below, Caps.node(0, times(rate, kind.in), 0, link(Way.FROM, before, times(rate, kind.from))));
        }
        return new Road(name, fleet.sink(below, APPLICATION));
    }

    private static List<LinkEmulation> link(Way way, NodeId peer, long rate) {
        return rate == 0 ? List.of() : List.of(Caps.link(way, peer, rate));
    }

    private static long times(long rate, double factor) {
        return Math.round(rate * factor);
    }

    /** The largest payload whose message is no larger than 20 ms of a rate, 64 to 5120 bytes. */
    static int payload(long rate) {
        return Math.clamp(rate / MESSAGES_PER_SECOND - HEADER_BYTES, LEAST_PAYLOAD, MOST_PAYLOAD);
    }

    /** Lets the source send back to back. */
    void send(Fleet fleet, int payloadBytes) {
        fleet.source(name + "-a", APPLICATION, payloadBytes, 0);
    }
}
