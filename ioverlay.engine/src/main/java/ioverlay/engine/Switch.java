package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.engine.memory.Range;
import ioverlay.engine.memory.SlabPool;
import ioverlay.engine.memory.Views;
import ioverlay.engine.wire.Hello;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Call call = new Call();
    private final Weights weights = new Weights();
    private final Map<Integer, Slot> slots = new HashMap<>();
    private final Map<Integer, Seat> seats = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Port> signalled = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Port> controlPorts = new ArrayDeque<>();
    private final ArrayDeque<Port> dataPorts = new ArrayDeque<>();
    private final ArrayDeque<Slot> noticed = new ArrayDeque<>();
    private final Links links;
    private final Router router;
    private long nowNs;

    Switch(NodeConfig config, NodeId self, long incarnation, SlabPool pool, Plumbing plumbing) {
        this.config = config;
        this.self = self;
        this.incarnation = incarnation;
        this.pool = pool;
        this.threads = new Threads(config.name());
        this.turn = new Turn("overlay-" + config.name() + "-runner", this::run);
        this.links = plumbing.links(this);
        this.router = new Router(this, links, plumbing.requests(this));
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
                || !noticed.isEmpty()
                || !events.isEmpty()
                || !signalled.isEmpty()
                || links.isRung();
    }

    private void events() {
        int left = RUN_EVENTS;
        for (Runnable event = events.poll(); event != null; event = left-- > 0 ? events.poll() : null) {
            event.run();
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
        for (Slot slot = noticed.pollFirst(); slot != null && left > 0; slot = noticed.pollFirst()) {
            slot.noticed = false;
            while (!slot.isParked() && slot.hasNotices() && left-- > 0) {
                deliver(slot);
            }
            noticed(slot);
            if (left <= 0) {
                return;
            }
        }
    }

    private void deliver(Slot slot) {
        Optional<Message> notice = slot.nextNotice();
        if (notice.isPresent()) {
            process(slot, notice.get(), slot.lane);
            if (notice.get().type() == MessageType.TIMER) {
                slot.timers.delivered(notice.get().param1());
            }
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
            heard(new SlabMessage(views, range.slab(), at, port.from, call));
            port.advance(range, bytes);
            port.took(bytes);
            controlPorts.addLast(port);
            left--;
        }
    }

    /** A control message of a neighbour. */
    private void heard(SlabMessage message) {
        if (MessageType.isEngine(message.type())) {
            counters.add(Count.MESSAGES_FOREIGN); // notices and requests are never a neighbour's business
            return;
        }
        Slot slot = slotOf(message.application());
        if (slot == null) {
            counters.add(Count.MESSAGES_UNCLAIMED);
        } else if (slot.isParked()) {
            slot.tell(router.kept(message));
        } else {
            process(slot, message, slot.lane);
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
            } else if (port.deficitBytes <= 0) {
                dataPorts.removeFirst();
                dataPorts.addLast(port);
            }
            if (System.nanoTime() > deadlineNs) {
                return;
            }
        }
    }

    /** Takes messages of one port until the quantum is used, the port is empty, or it has to wait. */
    private int serve(Port port, int quantum) {
        Slot slot = slotOf(port.application);
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
                process(slot, new SlabMessage(views, range.slab(), at, port.from, call), port);
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

    /** One call of the algorithm: what it sends takes effect if it returns. */
    private void process(Slot slot, Message message, Origin origin) {
        boolean held = false;
        call.open();
        try {
            Disposition disposition = slot.candidate().occupant().instance().process(message);
            call.close();
            if (call.isBroken()) {
                throw new IllegalStateException("a rule of send was broken within the call");
            }
            slot.processed++;
            held = disposition == Disposition.HOLD;
            router.commit(slot, origin, call);
        } catch (Throwable e) {
            call.close();
            fault(slot, message, e);
        }
        call.clear();
        if (message instanceof SlabMessage mine) {
            settle(slot, mine, held);
        }
    }

    private void settle(Slot slot, SlabMessage message, boolean held) {
        if (!held) {
            if (slot.holds.count() == 0 || !slot.holds.contains(message)) {
                message.end();
            }
            return;
        }
        slot.holds.hold(message);
        while (slot.holds.isOverfull()) {
            SlabMessage oldest = slot.holds.oldest();
            counters.add(Count.HOLDS_EXPIRED);
            int left = slot.holds.count() - 1;
            process(slot, Notice.expired(self, slot.application, left, oldest), slot.lane);
            slot.holds.release(oldest);
        }
    }

    private void fault(Slot slot, Message message, Throwable e) {
        // Plug-in boundary: a faulty algorithm loses this message; the node goes on.
        slot.failed++;
        counters.add(Count.MESSAGES_FAILED);
        if (slot.isNews(e)) {
            String what = slot.candidate().occupant().origin() + " threw at a message of type 0x"
                    + Integer.toHexString(message.type()) + ": " + e;
            LOG.log(System.Logger.Level.WARNING, config.name() + ": " + what, e);
            JsonObject detail = new JsonObject();
            detail.addProperty("application", Integer.toUnsignedLong(slot.application));
            happened("algorithm.failed", what, detail);
        }
    }

    /** What begin and restore wanted to send, now that the candidate serves. */
    void prelude(Slot slot, Candidate candidate) {
        for (Call early : candidate.place().prelude()) {
            router.commit(slot, slot.lane, early);
            early.clear();
        }
    }

    /** A send that starts at the node, from its service. */
    void originate(Message message, NodeId... destinations) {
        Slot slot = slotOf(message.application());
        if (slot == null) {
            counters.add(Count.MESSAGES_UNCLAIMED);
            return;
        }
        Call own = new Call();
        own.open();
        own.stage(message, destinations);
        router.commit(slot, slot.lane, own);
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

    void noticed(Slot slot) {
        if (!slot.noticed && slot.hasNotices() && !slot.isParked()) {
            slot.noticed = true;
            noticed.addLast(slot);
        }
    }

    /** The slot has an occupant again: everything that waited for it goes on. */
    void unparked(Slot slot) {
        for (Port port : slot.waiting) {
            port.parked = false;
            activate(port);
        }
        slot.waiting.clear();
        noticed(slot);
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

    @Nullable Slot slotOf(int application) {
        Slot own = slots.get(application);
        return own != null ? own : slots.get(0);
    }

    Map<Integer, Slot> slotMap() {
        return slots;
    }

    Collection<Slot> slots() {
        return slots.values();
    }

    @Nullable Seat seat(int application) {
        return seats.get(application);
    }

    Map<Integer, Seat> seats() {
        return seats;
    }

    List<Message> held(int application) {
        Slot slot = slots.get(application);
        return slot == null ? List.of() : slot.holds.all();
    }

    /** The data ports of one upstream. */
    List<Port> ports(NodeId upstream) {
        List<Port> found = new ArrayList<>();
        if (upstream.equals(self)) {
            seats.values().forEach(seat -> found.add(seat.source()));
        }
        for (InLink link : links.in()) {
            if (link.peer.equals(upstream)) {
                found.addAll(link.ports);
            }
        }
        found.removeIf(port -> port.isControl);
        return found;
    }

    boolean isQuiet() {
        return dataPorts.isEmpty() && controlPorts.isEmpty() && events.isEmpty() && links.isDrained();
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

    Call call() {
        return call;
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
