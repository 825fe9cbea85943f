package ioverlay.engine;

import ioverlay.api.container.NodeStatus.RateStatus;
import ioverlay.io.shared.Clock;
import ioverlay.traffic.meter.Backlog;
import ioverlay.traffic.meter.Rate;
import ioverlay.traffic.meter.Window;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * The rates of a node: reads the counters of its links ten times a second, and only while something moves. Upstream that
 * is what the switch took, downstream what was written. Links that carried data are asked how long a round trip takes.
 *
 * <p><b>Threads:</b> the turn; the clock only posts.
 */
final class Meters {
    private static final long ROUND_TRIP_NS = 1_000_000_000;

    private final Switch node;
    private final Clock clock;
    private final Window window = new Window();
    private final Backlog backlog = new Backlog();
    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    private boolean reading;
    private Future<?> next = CompletableFuture.completedFuture(null);

    Meters(Switch node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /** A batch was taken or may be written. */
    void moved() {
        if (!reading) {
            reading = true;
            window.begin(node.now());
            schedule();
        }
    }

    /** Whether counters are read; not while nothing moves. */
    boolean isReading() {
        return reading;
    }

    private void schedule() {
        next = clock.after(Window.INTERVAL_NS, () -> node.post(this::read));
    }

    private void read() {
        long nowNs = node.elapsedNs();
        long intervalNs = intervalNs();
        window.next(nowNs);
        reading = false;
        long inBytes = 0;
        long outBytes = 0;
        for (InLink link : node.links().in()) {
            for (Port port : link.ports) {
                inBytes += port.takenBytes();
                reading |= port.meter.read(window, port.takenBytes(), port.takenMessages());
            }
        }
        for (OutLink link : node.links().out()) {
            read(link.control());
            outBytes += link.control().sentBytes();
            long sentBytes = 0;
            for (Outbox box : link.boxes()) {
                read(box);
                sentBytes += box.sentBytes();
            }
            outBytes += sentBytes;
            if (sentBytes != link.measuredBytes && link.roundTrip.isDue(intervalNs, nowNs)) {
                link.measuredBytes = sentBytes;
                link.measure(1 + random.nextLong(Long.MAX_VALUE)); // so that nobody answers before the question
            }
        }
        int waiting = node.caps().backlogged();
        backlog.read(nowNs, waiting, node.caps().unusedNs(waiting), inBytes, outBytes);
        if (reading) {
            schedule();
        }
    }

    /** What the node's own caps let through while something waited for them, in bytes per second; 0 if nothing did lately. */
    double lastMile() {
        return backlog.bytesPerSecond(node.elapsedNs());
    }

    /** How often round trips are measured: as often as somebody is told of them, else once in a second. */
    private long intervalNs() {
        long least = Long.MAX_VALUE;
        for (Slot slot : node.slots().all()) {
            least = Math.min(least, slot.reports.intervalNs());
        }
        return least == Long.MAX_VALUE ? ROUND_TRIP_NS : least;
    }

    private void read(Outbox box) {
        reading |= box.meter.read(window, box.sentBytes(), box.sentMessages());
    }

    /** The node ends. */
    void end() {
        next.cancel(false);
    }

    Rate of(Port port) {
        return port.meter.rate(window);
    }

    Rate of(Outbox box) {
        return box.meter.rate(window);
    }

    /** Bytes of data and control, messages of data. */
    Rate of(InLink link) {
        Rate sum = Rate.NONE;
        for (Port port : link.ports) {
            sum = sum.plus(port.isControl ? of(port).withoutMessages() : of(port));
        }
        return sum;
    }

    /** The same downstream. */
    Rate of(OutLink link) {
        Rate sum = of(link.control()).withoutMessages();
        for (Outbox box : link.boxes()) {
            sum = sum.plus(of(box));
        }
        return sum;
    }

    /** Of all links that are there. */
    RateStatus all() {
        Rate in = Rate.NONE;
        for (InLink link : node.links().in()) {
            in = in.plus(of(link));
        }
        Rate out = Rate.NONE;
        for (OutLink link : node.links().out()) {
            out = out.plus(of(link));
        }
        return status(in, out);
    }

    static RateStatus status(Rate in, Rate out) {
        return new RateStatus(in.bytes(), out.bytes(), in.messages(), out.messages());
    }
}
