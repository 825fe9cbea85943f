package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.LinkEmulation;
import ioverlay.api.container.LinkEmulation.Way;
import ioverlay.api.container.RefusedException;
import ioverlay.io.probe.Conditions;
import ioverlay.io.probe.Conditions.Terms;
import ioverlay.io.shared.Clock;
import ioverlay.io.wire.Hello;
import ioverlay.traffic.meter.Backlog;
import ioverlay.traffic.shape.Cap;
import ioverlay.traffic.shape.Schedule;
import ioverlay.traffic.shape.Toll;
import ioverlay.traffic.shape.TwoWay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The network that a node is to believe in (paper, section 2.2, "Emulation of bandwidth availability"), and where it
 * holds: what comes pays at the {@link Gate}, what goes at the {@link Exit}. Links get their share of it when they are
 * made and whenever it changes.
 *
 * <p><b>Threads:</b> the turn, unless noted.
 */
final class Caps {
    /** A capped receiver grants, and a capped sender queues, as much as goes within so long. */
    static final int WINDOW_MICROS = 200_000;

    /** A share of the round robin is what goes within this part of a second. */
    private static final int QUANTA_PER_SECOND = 1000;

    private static final int LEAST_QUANTUM_BYTES = 256;

    /** While the size of messages is not known yet. */
    private static final int LEAST_WINDOW_BYTES = 2 << 10;

    /** A cap that is waited for is due, and the clock is about to say so. */
    private static final long LATE_NS = 5_000_000;

    private static final Schedule UNCAPPED = new Schedule();

    private final Switch node;
    private final Clock clock;
    private final Schedule total;
    private final Schedule in;
    private final Schedule out;
    private final TwoWay totals;
    private final Map<NodeId, Schedule> from = new HashMap<>();
    private final Map<NodeId, Schedule> to = new HashMap<>();
    private final Map<NodeId, LinkEmulation> links = new HashMap<>();
    private final Gate gate;
    private final Exit exit;

    /** Volatile: those who open links ask for the first window. */
    private volatile Emulation emulation = Emulation.NONE;

    Caps(Switch node, Clock clock, Emulation first) {
        this.node = node;
        this.clock = clock;
        this.total = schedule();
        this.in = schedule();
        this.out = schedule();
        this.totals = new TwoWay(total);
        this.gate = new Gate(node, clock);
        this.exit = new Exit(node, clock);
        set(first);
    }

    private Schedule schedule() {
        return new Schedule(clock::stoodStillNs);
    }

    Emulation emulation() {
        return emulation;
    }

    Gate gate() {
        return gate;
    }

    Exit exit() {
        return exit;
    }

    /**
     * Changes it, if all of the change is right; what holds now.
     *
     * @throws RefusedException if a value is wrong or a link unknown; nothing was changed
     */
    Emulation change(JsonObject change) {
        set(emulation.changed(change, node.links()::has));
        return emulation;
    }

    /** Another network from now on. */
    void set(Emulation next) {
        emulation = next;
        long now = node.elapsedNs();
        cap(total, next.total(), now);
        cap(in, next.in(), now);
        cap(out, next.out(), now);
        Set<Schedule> named = new HashSet<>();
        links.clear();
        for (LinkEmulation link : next.links()) {
            boolean comes = link.way() == Way.FROM;
            Schedule own = (comes ? from : to).computeIfAbsent(link.peer(), any -> schedule());
            cap(own, link.bytesPerSecond(), now);
            named.add(own);
            if (!comes) {
                links.put(link.peer(), link);
            }
        }
        from.values().removeIf(each -> isOver(each, named, now));
        to.values().removeIf(each -> isOver(each, named, now));
        node.links().in().forEach(InLink::shape);
        node.links().out().forEach(OutLink::shape);
        gate.open();
        exit.open();
    }

    /** Whoever still pays there pays nothing any more; the others go on owing what they owe. */
    private boolean isOver(Schedule own, Set<Schedule> named, long now) {
        if (!named.contains(own)) {
            cap(own, OptionalLong.empty(), now);
        }
        return !own.isCapped();
    }

    private void cap(Schedule schedule, OptionalLong bytesPerSecond, long now) {
        schedule.cap(bytesPerSecond.orElse(0), TimeUnit.MILLISECONDS.toNanos(emulation.meteringMillis()), now);
    }

    /** The port's share; a local source brings nothing from a neighbour. */
    void shape(Port port) {
        if (!port.from.equals(node.self())) {
            Schedule own = from.get(port.from);
            port.toll = toll(own, in, totals.in());
            port.quantumBytes = quantum(own, in);
        }
    }

    /** What the link pays, if anything. */
    @Nullable Cap tollTo(NodeId peer) {
        return toll(to.get(peer), out, totals.out());
    }

    int quantumTo(NodeId peer) {
        return quantum(to.get(peer), out);
    }

    /** What the link does besides, if anything. */
    @Nullable LinkEmulation linkTo(NodeId peer) {
        return links.get(peer);
    }

    /** What a link from a neighbour is granted for each application at first, of so much; any thread. */
    int firstWindow(Hello theirs, int most) {
        Emulation now = emulation;
        long rate = Math.min(now.total().orElse(Long.MAX_VALUE), now.in().orElse(Long.MAX_VALUE));
        for (LinkEmulation link : now.links()) {
            if (link.way() == Way.FROM && link.peer().equals(theirs.node())) {
                rate = Math.min(rate, link.bytesPerSecond().orElse(Long.MAX_VALUE));
            }
        }
        return Math.min(most, Math.max(LEAST_WINDOW_BYTES, within(WINDOW_MICROS + theirs.delayMicros(), rate)));
    }

    /** The slowest of all caps; the largest long if there is none; any thread. */
    long slowest() {
        Emulation now = emulation;
        return LongStream.concat(
                        Stream.of(now.total(), now.in(), now.out()).flatMapToLong(OptionalLong::stream),
                        now.links().stream().flatMapToLong(link -> link.bytesPerSecond().stream()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** How much a port may bring in so long. */
    int windowFrom(NodeId peer, int micros) {
        return window(from.get(peer), in, micros);
    }

    /** How much a box towards the peer may hold. */
    int windowTo(NodeId peer) {
        return window(to.get(peer), out, WINDOW_MICROS);
    }

    private @Nullable Cap toll(@Nullable Schedule own, Schedule way, Cap both) {
        List<Cap> all = new ArrayList<>();
        if (own != null) {
            all.add(own);
        }
        if (way.isCapped()) {
            all.add(way);
        }
        if (total.isCapped()) {
            all.add(both); // the last: only who may go otherwise waits there for its turn
        }
        return all.isEmpty() ? null : new Toll(all);
    }

    /** The same for all that share a cap of the node: else their weights would not count. */
    private int quantum(@Nullable Schedule own, Schedule way) {
        long rate = least(way, total);
        if (rate == Long.MAX_VALUE && own != null) {
            rate = own.bytesPerSecond();
        }
        return Math.clamp(rate / QUANTA_PER_SECOND, LEAST_QUANTUM_BYTES, Port.QUANTUM_BYTES);
    }

    private int window(@Nullable Schedule own, Schedule way, int micros) {
        long rate = own == null ? least(way, total) : Math.min(own.bytesPerSecond(), least(way, total));
        return within(micros, rate);
    }

    /** Bytes that go in so long. */
    private static int within(int micros, long rate) {
        return (int) (rate * (micros / 1e6));
    }

    private static long least(Schedule one, Schedule other) {
        return Math.min(
                one.isCapped() ? one.bytesPerSecond() : Long.MAX_VALUE,
                other.isCapped() ? other.bytesPerSecond() : Long.MAX_VALUE);
    }

    /** Which ways something waits for the node's own caps, as {@link Backlog} names them. */
    int backlogged() {
        long since = node.elapsedNs() - LATE_NS;
        boolean both = total.isCapped() && total.dueNs() > since;
        boolean comes = !gate.isEmpty() && (both || (in.isCapped() && in.dueNs() > since));
        boolean goes = exit.isAwaited() && (both || (out.isCapped() && out.dueNs() > since));
        return both && (comes || goes)
                ? Backlog.IN | Backlog.OUT
                : (comes ? Backlog.IN : Backlog.NONE) | (goes ? Backlog.OUT : Backlog.NONE);
    }

    /** How long so far those caps were not used, by whatever {@link #backlogged} said. */
    long unusedNs(int waiting) {
        if (waiting == (Backlog.IN | Backlog.OUT) && total.isCapped()) {
            return total.unusedNs();
        }
        return ((waiting & Backlog.IN) == 0 ? 0 : in.unusedNs()) + ((waiting & Backlog.OUT) == 0 ? 0 : out.unusedNs());
    }

    /** What a measurement to or from a peer meets; so much of it is charged. */
    private Terms terms(NodeId peer, boolean outward, int bytes) {
        long now = node.elapsedNs();
        long rate = Long.MAX_VALUE;
        long dueNs = now;
        Schedule own = (outward ? to : from).getOrDefault(peer, UNCAPPED);
        for (Schedule cap : List.of(own, outward ? out : in, total)) {
            if (cap.isCapped()) {
                rate = Math.min(rate, cap.bytesPerSecond());
                dueNs = Math.max(dueNs, cap.dueNs());
                cap.charge(bytes, now);
            }
        }
        LinkEmulation link = outward ? links.get(peer) : null;
        long latencyNs = link == null ? 0 : TimeUnit.MICROSECONDS.toNanos(link.latencyMicros());
        return new Terms(rate == Long.MAX_VALUE ? 0 : rate, dueNs - now, latencyNs);
    }

    /** The same for those who measure, on any thread but the turn's. */
    Conditions conditions() {
        return (peer, outward, bytes) -> {
            try {
                return Node.ask(node, () -> terms(peer, outward, bytes));
            } catch (IllegalStateException e) {
                throw new IOException(e.getMessage(), e);
            }
        };
    }
}
