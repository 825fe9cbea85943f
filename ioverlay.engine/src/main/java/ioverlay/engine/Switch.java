package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.engine.memory.Range;
import ioverlay.engine.memory.SlabPool;
import ioverlay.engine.memory.Views;
import ioverlay.engine.wire.Hello;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The message switch of one node (paper, section 2.2 and Table 1): takes messages from its ports, calls the algorithm of
 * their application, and lets the router carry out what it sent. Control goes before data; data in deficit round robin,
 * so that weights decide and not who came first.
 *
 * <p><b>Threads:</b> everything within the {@link Turn}, unless noted. Nothing here ever waits.
 */
final class Switch {
    /** The window of a link's control lane. */
    static final int CONTROL_WINDOW_BYTES = 256 << 10;

    private static final System.Logger LOG = System.getLogger(Switch.class.getName());
    private static final int RUN_BYTES = 64 << 10;
    private static final long RUN_NS = 200_000;
    private static final int RUN_CONTROL_MESSAGES = 64;
    private static final int RUN_EVENTS = 256;
    private static final int QUANTUM_BYTES = 16 << 10;
    private static final int MESSAGES_PER_LOOK_AT_THE_CLOCK = 16;
    private static final int MAX_SEND_BUFFER_BYTES = 256 << 10;

    private final NodeConfig config;
    private final NodeId self;
    private final long incarnation;
    private final SlabPool pool;
    private final long startNs = System.nanoTime();
    private final Turn turn;
    private final Threads threads;
    private final Counters counters = new Counters();
    private final Views views = new Views();
    private final Weights weights = new Weights();
    private final Set<Port> ports = new HashSet<>();
    private final Slots slots = new Slots();
    private final Map<Integer, Seat> seats = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Port> signalled = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Port> controlPorts = new ArrayDeque<>();
    private final ArrayDeque<Port> dataPorts = new ArrayDeque<>();
    private final Links links;
    private final Dispatcher dispatcher;
    private final Succession succession = new Succession(this);
    private long nowNs;

    Switch(NodeConfig config, NodeId self, long incarnation, SlabPool pool, Plumbing plumbing) {
        this.config = config;
        this.self = self;
        this.incarnation = incarnation;
        this.pool = pool;
        this.threads = new Threads(config.name());
        this.turn = new Turn("overlay-" + config.name() + "-runner", this::run);
        this.links = plumbing.links(this);
        this.dispatcher = new Dispatcher(this, new Router(this, links, plumbing.requests(this)));
    }

    /** How a switch gets its parts, which need the switch in turn. */
    interface Plumbing {
        Links links(Switch node);

        Requests requests(Switch node);
    }

    Turn turn() {
        return turn;
    }

    /** One bounded run; true if there is more to do. */
    private boolean run() {
        long start = System.nanoTime();
        nowNs = start - startNs;
        try {
            events();
            for (Port port = signalled.poll(); port != null; port = signalled.poll()) {
                port.seen();
                activate(port);
            }
            notices();
            control();
            data(start + RUN_NS);
            links.drain();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, config.name() + ": a run of the node failed; it goes on", e);
        } finally {
            views.end();
        }
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
        for (Runnable event = events.poll(); event != null; event = left-- > 0 ? events.poll() : null) {
            event.run();
            Turn.forgetInterrupt(); // it may have asked an algorithm for its state
        }
    }

    private void activate(Port port) {
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
            while (!slot.isParked() && slot.hasNotices() && left-- > 0) {
                dispatcher.notify(slot);
            }
            slots.noticed(slot);
        }
    }

    private void control() {
        int left = RUN_CONTROL_MESSAGES;
        while (left > 0 && !controlPorts.isEmpty()) {
            Port port = controlPorts.removeFirst();
            Range range = port.next();
            if (range == null) {
                port.active = false;
                continue;
            }
            int at = port.at();
            int bytes = Port.bytesAt(range, at);
            dispatcher.heard(new SlabMessage(views, range.slab(), at, port.from, dispatcher.call()));
            port.advance(range, bytes);
            port.took(bytes);
            controlPorts.addLast(port);
            left--;
        }
    }

    private void data(long deadlineNs) {
        int budget = RUN_BYTES;
        while (budget > 0 && !dataPorts.isEmpty()) {
            Port port = dataPorts.getFirst();
            if (port.deficitBytes <= 0) {
                port.deficitBytes += QUANTUM_BYTES * port.weight();
            }
            int took = serve(port, Math.min(budget, port.deficitBytes));
            budget -= took;
            port.deficitBytes -= took;
            if (port.isEmpty() || port.isBlocked() || port.parked) {
                dataPorts.removeFirst();
                port.active = false;
                port.deficitBytes = 0;
                forgetIfOver(port);
            } else if (port.deficitBytes <= 0) {
                dataPorts.removeFirst();
                dataPorts.addLast(port);
            }
            if (System.nanoTime() > deadlineNs) {
                return;
            }
        }
    }

    private void forgetIfOver(Port port) {
        if (port.orphan && port.isEmpty()) {
            ports.remove(port);
        }
    }

    /** A port that is served from now on. */
    void add(Port port) {
        weights.apply(port);
        ports.add(port);
    }

    /** The port's producer is gone; what it brought is still served. */
    void orphan(Port port) {
        port.orphan = true;
        forgetIfOver(port);
    }

    /** Takes messages of one port until the quantum is used, the port is empty, or it has to wait. */
    private int serve(Port port, int quantum) {
        Slot slot = slots.serving(port.application);
        int took = 0;
        int messages = 0;
        while (took < quantum && messages < MESSAGES_PER_LOOK_AT_THE_CLOCK) {
            Range range = port.next();
            if (range == null) {
                break;
            }
            if (slot != null && slot.isParked()) {
                port.parked = true;
                slot.waiting.add(port);
                break;
            }
            int at = port.at();
            int bytes = Port.bytesAt(range, at);
            if (slot == null) {
                counters.add(Count.MESSAGES_UNCLAIMED);
            } else {
                SlabMessage message = new SlabMessage(views, range.slab(), at, port.from, dispatcher.call());
                dispatcher.process(slot, message, port);
            }
            port.advance(range, bytes);
            took += bytes;
            messages++;
            if (port.isBlocked()) {
                break;
            }
        }
        if (took > 0) {
            port.took(took);
        }
        return took;
    }

    /** Any thread: the work is done in the turn, in order. */
    void post(Runnable event) {
        events.add(event);
        turn.ring();
    }

    /** Any thread: there is work in some queue. */
    void ring() {
        turn.ring();
    }

    /** Any thread: the port has something; its producer rings when its batch is complete. */
    void signalled(Port port) {
        signalled.add(port);
    }

    void unblocked(Port port) {
        activate(port);
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

    /** Checked when an algorithm sends, so that it learns of a broken rule at the place where it broke it. */
    void checkSend(boolean serving, Message message, NodeId[] destinations) {
        if (serving && !turn.isMine()) {
            throw new IllegalStateException("an algorithm sends on the thread of its own call only");
        }
        if (MessageType.isEngine(message.type())) {
            for (NodeId destination : destinations) {
                if (!destination.equals(self)) {
                    throw new IllegalArgumentException("an engine type goes to the node itself only, not type 0x"
                            + Integer.toHexString(message.type()) + " to " + destination);
                }
            }
        }
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

    @Nullable Seat seat(int application) {
        return seats.get(application);
    }

    Map<Integer, Seat> seats() {
        return seats;
    }

    /** The data ports of one upstream. */
    List<Port> ports(NodeId upstream) {
        return ports.stream()
                .filter(port -> !port.isControl && port.from.equals(upstream))
                .toList();
    }

    /** After the last run: completes what was posted too late, and counts what was never taken. */
    void sweep() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
            Turn.forgetInterrupt(); // it may have asked an algorithm for its state
        }
        ports.forEach(port -> counters.add(Count.MESSAGES_LOST, port.discard()));
        seats.values().forEach(Seat::sweep);
    }

    /** Whether nothing is queued and, of a node that says BYE, no upstream can bring more. */
    boolean isQuiet() {
        return dataPorts.isEmpty()
                && controlPorts.isEmpty()
                && events.isEmpty()
                && links.in().isEmpty()
                && links.isDrained();
    }

    void happened(String kind, String sentence, JsonObject detail) {
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

    Links links() {
        return links;
    }

    NodeId self() {
        return self;
    }

    String name() {
        return config.name();
    }

    long seed() {
        return config.seed();
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

    Weights weights() {
        return weights;
    }

    Views views() {
        return views;
    }

    int windowBytes() {
        return config.bufferBytes();
    }

    int sendBufferBytes() {
        return Math.min(config.bufferBytes(), MAX_SEND_BUFFER_BYTES);
    }

    int holdBytes() {
        return 2 * config.bufferBytes();
    }

    int maxPayload() {
        return config.maxPayload();
    }
}
