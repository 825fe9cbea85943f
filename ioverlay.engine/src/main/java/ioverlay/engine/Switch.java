package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.io.counts.Count;
import ioverlay.io.counts.Counters;
import ioverlay.io.memory.Range;
import ioverlay.io.memory.SlabPool;
import ioverlay.io.memory.Views;
import ioverlay.io.message.Call;
import ioverlay.io.message.SlabMessage;
import ioverlay.io.threads.Question;
import ioverlay.io.threads.Threads;
import ioverlay.io.threads.Turn;
import ioverlay.io.threads.TurnLost;
import ioverlay.io.watch.Stint;
import ioverlay.io.watch.Watched;
import ioverlay.io.wire.Hello;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The message switch of one node (paper, section 2.2 and Table 1): takes messages from its ports, calls the algorithm of
 * their application, and lets the router carry out what it sent. Control goes before data; data in deficit round robin,
 * so that weights decide and not who came first.
 *
 * <p><b>Threads:</b> everything within the {@link Turn}, unless noted. Nothing here ever waits.
 */
final class Switch implements Watched {
    /** The window of a link's control lane. */
    static final int CONTROL_WINDOW_BYTES = 256 << 10;

    private static final System.Logger LOG = System.getLogger(Switch.class.getName());
    private static final int RUN_BYTES = 64 << 10;
    private static final long RUN_NS = 200_000;
    private static final int RUN_CONTROL_MESSAGES = 64;
    private static final int RUN_EVENTS = 256;
    private static final int MESSAGES_PER_LOOK_AT_THE_CLOCK = 16;

    private final NodeConfig config;
    private final NodeId self;
    private final long incarnation;
    private final SlabPool pool;
    private final long startNs = System.nanoTime();
    private final Turn turn;
    private final Threads threads;
    private final Counters counters = new Counters();
    private final Views views;
    final Ports ports = new Ports();
    private final Slots slots = new Slots();
    private final Map<Integer, Seat> seats = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Port> signalled = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Port> controlPorts = new ArrayDeque<>();
    private final ArrayDeque<Port> dataPorts = new ArrayDeque<>();
    private final Links links;
    private final Dispatcher dispatcher;
    private final Succession succession = new Succession(this);
    private final Supplier<Call> call = this::call;
    private long nowNs;
    private final Caps caps;

    /** Volatile: the watchdog looks at it, and puts a new one in the place of one that it leaves behind. */
    private volatile Stint<Slot, Candidate> stint = new Stint<>();

    /** What the thread in the turn is at, so that another can complete it: an event, a notice, or a port's message. */
    private @Nullable Runnable event;

    private @Nullable Message notice;
    private @Nullable Slot noticing;
    private @Nullable Port port;

    /** What it took of that port in this run. */
    private int took;

    /** What was left behind, until it is completed, and why. */
    private @Nullable Stint<Slot, Candidate> abandoned;

    private String cause = "";

    /**
     * A switch at rest.
     *
     * @param links makes its links, which need the switch in turn
     * @param requests makes who serves its requests, likewise
     */
    Switch(
            NodeConfig config,
            NodeId self,
            long incarnation,
            SlabPool pool,
            Function<Switch, Links> links,
            Function<Switch, Requests> requests) {
        this.config = config;
        this.self = self;
        this.incarnation = incarnation;
        this.pool = pool;
        this.threads = new Threads(config.name());
        this.turn = new Turn("overlay-" + config.name() + "-runner", this::run);
        this.views = new Views(turn::isMine);
        this.links = links.apply(this);
        this.caps = new Caps(this, this.links.clock(), config.emulation());
        this.dispatcher = new Dispatcher(this, new Router(this, this.links, requests.apply(this)));
    }

    @Override
    public Turn turn() {
        return turn;
    }

    /** One bounded run; true if there is more to do. */
    private boolean run() {
        long start = System.nanoTime();
        nowNs = start - startNs;
        try {
            complete();
            events();
            for (Port rung = signalled.poll(); rung != null; rung = signalled.poll()) {
                rung.seen();
                activate(rung);
            }
            notices();
            control();
            data(start + RUN_NS);
            links.drain();
        } catch (TurnLost e) {
            throw e; // nothing here is this thread's any more
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, config.name() + ": a run of the node failed; it goes on", e);
        }
        views.end();
        return hasWork();
    }

    private boolean hasWork() {
        return !dataPorts.isEmpty()
                || !controlPorts.isEmpty()
                || slots.hasNotices()
                || !events.isEmpty()
                || !signalled.isEmpty()
                || links.isRung();
    }

    private void events() {
        int left = RUN_EVENTS;
        for (Runnable next = events.poll(); next != null; next = left-- > 0 ? events.poll() : null) {
            event = next;
            next.run();
            event = null;
        }
    }

    /** Any thread that has made sure that the one in the turn does not come back; see {@link Turn#leaveBehind}. */
    @Override
    public void leaveBehind(Thread thread, String why) {
        threads.leaveBehind(thread);
        turn.leaveBehind(() -> {
            views.leaveBehind();
            abandoned = stint;
            stint = new Stint<>();
            cause = why;
        });
    }

    /** Completes what the thread that was left behind was at; if this is left behind in turn, the next one goes on. */
    private void complete() {
        Stint<Slot, Candidate> left = abandoned;
        if (left == null) {
            return;
        }
        abandoned = null;
        succession.stalled(left, cause);
        if (event instanceof Question<?> question) {
            question.fail(cause + " and was left behind");
        }
        event = null;
        Port of = port;
        Slot slot = of == null ? noticing : slots.serving(of.application);
        Range range = of == null ? null : of.next();
        if (slot != null) {
            if (of != null && range != null) {
                range.slab().retain(); // for ever: whoever was left behind may still read there
                dispatcher.complete(left.who(), slot, message(of, range), of.isControl ? slot.lane : of);
            } else if (notice != null) {
                dispatcher.complete(left.who(), slot, notice, slot.lane);
            }
        }
        notice = null;
        if (of != null && range != null) {
            advance(of, range);
            served(of);
        }
        if (noticing != null) {
            slots.noticed(noticing);
            noticing = null;
        }
    }

    private SlabMessage message(Port of, Range range) {
        return new SlabMessage(views, range.slab(), of.at(), of.from, call);
    }

    private void advance(Port of, Range range) {
        int bytes = Port.bytesAt(range, of.at());
        of.advance(range, bytes);
        took += bytes;
    }

    /** What was taken of the port counts. */
    private void served(Port of) {
        port = null;
        if (took > 0) {
            of.took(took);
            if (of.toll != null) {
                of.toll.charge(took, elapsedNs());
            }
        }
        if (of.isControl) {
            controlPorts.addLast(of);
        } else {
            of.deficitBytes -= took;
        }
        took = 0;
    }

    /** The port is served again if it can be: something has come, or what it waited for is over. */
    void activate(Port port) {
        if (!port.active && !port.isBlocked() && !port.parked) {
            port.active = true;
            (port.isControl ? controlPorts : dataPorts).addLast(port);
        }
    }

    private void notices() {
        int left = RUN_CONTROL_MESSAGES;
        while (left > 0) {
            Slot slot = slots.nextNoticed();
            if (slot == null) {
                return;
            }
            noticing = slot;
            while (!slot.isParked() && slot.hasNotices() && left-- > 0) {
                dispatcher.notify(slot);
            }
            noticing = null;
            slots.noticed(slot);
        }
    }

    private void control() {
        int left = RUN_CONTROL_MESSAGES;
        while (left > 0 && !controlPorts.isEmpty()) {
            Port next = controlPorts.removeFirst();
            Range range = next.next();
            if (range == null) {
                next.active = false;
                forgetIfOver(next);
                continue;
            }
            port = next;
            dispatcher.heard(message(next, range));
            advance(next, range);
            served(next);
            left--;
        }
    }

    private void data(long deadlineNs) {
        int budget = RUN_BYTES;
        while (budget > 0 && !dataPorts.isEmpty()) {
            Port next = dataPorts.getFirst();
            int most = next.toll == null ? budget : Math.min(budget, caps.gate().allowance(next, next.toll));
            if (most == 0) {
                dataPorts.removeFirst(); // it waits at the gate
                continue;
            }
            if (next.deficitBytes <= 0) {
                next.deficitBytes += next.quantumBytes * next.weight();
            }
            budget -= serve(next, Math.min(most, next.deficitBytes));
            if (next.isEmpty() || next.isBlocked() || next.parked) {
                dataPorts.removeFirst();
                next.active = false;
                next.deficitBytes = 0;
                forgetIfOver(next);
            } else if (next.deficitBytes <= 0) {
                dataPorts.removeFirst();
                dataPorts.addLast(next);
            }
            if (System.nanoTime() > deadlineNs) {
                return;
            }
        }
    }

    private void forgetIfOver(Port port) {
        if (port.isOver()) {
            links.domino().over(port);
        }
    }

    /** A port that waited at the gate has its place again. */
    void again(Port port) {
        dataPorts.addFirst(port);
    }

    /** The port's producer is gone; what it brought is still served. */
    void orphan(Port port, int how, String why) {
        port.orphaned(how, why);
        forgetIfOver(port);
    }

    /** Takes messages of one port until the quantum is used, the port is empty, or it has to wait. */
    private int serve(Port of, int quantum) {
        Slot slot = slots.serving(of.application);
        int messages = 0;
        port = of;
        while (took < quantum && messages < MESSAGES_PER_LOOK_AT_THE_CLOCK) {
            Range range = of.next();
            if (range == null) {
                break;
            }
            if (slot != null && slot.isParked()) {
                of.parked = true;
                slot.waiting.add(of);
                break;
            }
            if (slot == null) {
                counters.add(Count.MESSAGES_UNCLAIMED);
            } else {
                dispatcher.process(slot, message(of, range), of);
            }
            advance(of, range);
            messages++;
            if (of.isBlocked()) {
                break;
            }
        }
        int all = took;
        served(of);
        return all;
    }

    /** Any thread: the work is done in the turn, in order. */
    void post(Runnable event) {
        events.add(event);
        turn.ring();
    }

    /** Any thread: the port has something; its producer rings when its batch is complete. */
    void signalled(Port port) {
        signalled.add(port);
    }

    /** The slot has an occupant again: everything that waited for it goes on. */
    void unparked(Slot slot) {
        for (Port port : slot.waiting) {
            port.parked = false;
            activate(port);
        }
        slot.waiting.clear();
        slots.noticed(slot);
    }

    @Override
    public Stint<Slot, Candidate> stint() {
        return stint;
    }

    /** Where the calling thread stages sends, if it is the one in the turn. */
    private Call call() {
        Call mine = stint.call;
        if (!turn.isMine()) { // looked at after the stint: so a thread that was left behind has its old one at most
            throw new IllegalStateException("an algorithm sends on the thread of its own call only");
        }
        return mine;
    }

    Supplier<Call> calls() {
        return call;
    }

    /** The notice that is being delivered. */
    void at(@Nullable Message next) {
        notice = next;
    }

    Slots slots() {
        return slots;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Succession succession() {
        return succession;
    }

    Map<Integer, Seat> seats() {
        return seats;
    }

    /** Gives an upstream its share for an application; false if no more of them can be remembered. */
    boolean weigh(int application, NodeId upstream, int weight) {
        return ports.weigh(application, upstream, weight);
    }

    /** After the last run: completes what was posted too late, and counts what was never taken. */
    void sweep() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
        for (Port port : ports.all()) {
            counters.add(Count.BYTES_LOST, port.pendingBytes());
            counters.add(Count.MESSAGES_LOST, port.discard());
        }
        seats.values().forEach(Seat::sweep);
    }

    /** Whether nothing is queued and, of a node that says BYE, no upstream can bring more. */
    boolean isQuiet() {
        return dataPorts.isEmpty()
                && controlPorts.isEmpty()
                && events.isEmpty()
                && caps.gate().isEmpty()
                && links.in().isEmpty()
                && links.isDrained();
    }

    /** The network that it is to believe in. */
    Caps caps() {
        return caps;
    }

    @Override
    public void happened(String kind, String sentence, JsonObject detail) {
        config.watcher().happened(kind, sentence, detail);
    }

    /** Nanoseconds since the node started, as of the present run. */
    long now() {
        return nowNs;
    }

    /** Nanoseconds since the node started; any thread. */
    long elapsedNs() {
        return System.nanoTime() - startNs;
    }

    Hello hello(byte role) {
        return new Hello(self, incarnation, role, config.maxPayload(), config.bufferBytes(), CONTROL_WINDOW_BYTES);
    }

    @Override
    public Links links() {
        return links;
    }

    NodeId self() {
        return self;
    }

    NodeConfig config() {
        return config;
    }

    @Override
    public String name() {
        return config.name();
    }

    SlabPool pool() {
        return pool;
    }

    Threads threads() {
        return threads;
    }

    Counters counters() {
        return counters;
    }

    Views views() {
        return views;
    }
}
