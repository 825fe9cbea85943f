package ioverlay.engine;

import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.LinkEmulation;
import ioverlay.api.container.LinkEmulation.Way;
import java.util.List;
import java.util.OptionalLong;

/** Networks to believe in, for tests. */
final class Networks {
    private static final long SEED = 4;
    private static final OptionalLong NO_CAP = OptionalLong.empty();

    private Networks() {}

    static Emulation caps(OptionalLong total, OptionalLong in, OptionalLong out, LinkEmulation... links) {
        return new Emulation(total, in, out, Emulation.DEFAULT_METERING_MILLIS, SEED, List.of(links));
    }

    static Emulation total(long bytesPerSecond) {
        return caps(OptionalLong.of(bytesPerSecond), NO_CAP, NO_CAP);
    }

    static Emulation in(long bytesPerSecond) {
        return caps(NO_CAP, OptionalLong.of(bytesPerSecond), NO_CAP);
    }

    static Emulation out(long bytesPerSecond) {
        return caps(NO_CAP, NO_CAP, OptionalLong.of(bytesPerSecond));
    }

    static Emulation of(LinkEmulation... links) {
        return caps(NO_CAP, NO_CAP, NO_CAP, links);
    }

    static LinkEmulation to(NodeId peer, long bytesPerSecond) {
        return new LinkEmulation(Way.TO, peer, OptionalLong.of(bytesPerSecond), 0, 0, 0);
    }

    static LinkEmulation from(NodeId peer, long bytesPerSecond) {
        return new LinkEmulation(Way.FROM, peer, OptionalLong.of(bytesPerSecond), 0, 0, 0);
    }

    static LinkEmulation late(NodeId peer, long latencyMicros, long jitterMicros, double loss) {
        return new LinkEmulation(Way.TO, peer, NO_CAP, latencyMicros, jitterMicros, loss);
    }
}
