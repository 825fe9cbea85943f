package ioverlay.bench.emulation;

import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.LinkEmulation;
import ioverlay.api.container.LinkEmulation.Way;
import java.util.List;
import java.util.OptionalLong;

/** Emulations as a benchmark writes them down: rates in bytes per second, 0 for none. */
final class Caps {
    private static final int SEED = 4711;

    private Caps() {}

    static Emulation node(long total, long in, long out, List<LinkEmulation> links) {
        return new Emulation(cap(total), cap(in), cap(out), Emulation.DEFAULT_METERING_MILLIS, SEED, links);
    }

    static Emulation links(List<LinkEmulation> links) {
        return node(0, 0, 0, links);
    }

    static LinkEmulation link(Way way, NodeId peer, long bytesPerSecond) {
        return new LinkEmulation(way, peer, cap(bytesPerSecond), 0, 0, 0);
    }

    static LinkEmulation slow(NodeId peer, long latencyMicros, long jitterMicros, double loss) {
        return new LinkEmulation(Way.TO, peer, OptionalLong.empty(), latencyMicros, jitterMicros, loss);
    }

    private static OptionalLong cap(long rate) {
        return rate == 0 ? OptionalLong.empty() : OptionalLong.of(rate);
    }
}
