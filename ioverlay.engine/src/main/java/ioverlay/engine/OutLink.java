package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.api.container.LinkEmulation;
import ioverlay.io.counts.Count;
import ioverlay.io.memory.Slab;
import ioverlay.io.shared.Poller;
import ioverlay.io.threads.Tally;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Credit;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import ioverlay.io.wire.ProtocolException;
import ioverlay.io.wire.WayBack;
import ioverlay.traffic.meter.RoundTrip;
import ioverlay.traffic.shape.Cap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A link that this node dialled: carries what the node sends to one neighbour. It is written without blocking from
 * within the turn, control before data at message boundaries; what does not fit goes when the poller says that the
 * channel is writable. What comes back is credit only.
 *
 * <p><b>Threads:</b> the turn, and the poller for {@link Poller.Peer}.
 */
final class OutLink implements Poller.Peer {
    /** Opening of the link: what is sent meanwhile waits in the boxes. */
    enum State {
        DIALLING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private static final int MAX_APPLICATIONS = 256;
    private static final int CONTROL_BYTES = 256 << 10;
    private static final int MAX_BOX_BYTES = 256 << 10;

    /** Two words for each application and some answers. */
    private static final int OWN_BYTES = 1024 * Header.BYTES;

    private static final int MOST_QUESTIONS = 16;

    final NodeId peer;
    private final Switch node;
    private final Links links;
    private final Poller poller;
    private final Outbox control;

    /** What the link itself has to say: needs no credit. */
    private final Outbox own;

    final RoundTrip roundTrip = new RoundTrip();

    /** Of data, when the round trip was last measured. */
    long measuredBytes;

    /** How late what goes here is on purpose, at most; the peer's word for it, and whether it hears it. */
    private int delayMicros;

    private int saidMicros;
    private boolean hearsDelay;

    /** Volatile: the turn asks, the poller hears the answer; 0 while none is awaited. */
    private volatile long awaited;

    private final Map<Integer, Outbox> boxes = new ConcurrentHashMap<>(); // the poller looks for a box, too
    private final List<Outbox> order = new ArrayList<>();
    /** The boxes that end when they are drained; see {@link Domino}. */
    final Set<Outbox> ending = new LinkedHashSet<>();

    private final Departure departure = new Departure();
    private @Nullable Wire wire;
    private final WayBack back = new WayBack(this::heard);
    private State state = State.DIALLING;
    private Future<?> parting = CompletableFuture.completedFuture(null);
    private @Nullable SocketChannel channel;
    private int maxPayload = Header.MAX_PAYLOAD;
    private int initialWindow;

    /** Volatile: the poller says that the channel takes bytes again. */
    private volatile boolean writable = true;

    /** Questions that wait for the turn: an honest peer has two at most. */
    private final AtomicInteger questions = new AtomicInteger();

    /** The poller's: BYE has come back. */
    private boolean saidBye;

    /** How often something came back; the poller counts, the turn looks. */
    private final Tally heard = new Tally();

    /** Whether the peer is still there. */
    final OutWatch watch;

    /** In the switch's list of links that have something to write. */
    boolean dirty;

    OutLink(Switch node, Links links, NodeId peer, Poller poller) {
        this.node = node;
        this.links = links;
        this.peer = peer;
        this.poller = poller;
        this.control = new Outbox(this, 0, CONTROL_BYTES, 0);
        this.own = new Outbox(this, 0, OWN_BYTES, Long.MAX_VALUE);
        this.watch = new OutWatch(this, links.vigil());
    }

    /** The opening is done: from now on the poller reads the channel. */
    void open(SocketChannel opened, Hello welcome) {
        channel = opened;
        maxPayload = welcome.maxPayload();
        hearsDelay = (welcome.features() & Hello.HEARS_DELAY) != 0;
        initialWindow = welcome.dataWindow();
        control.open(welcome.controlWindow());
        order.forEach(box -> box.open(initialWindow));
        state = State.OPEN;
        poller.register(this);
        tellDelay();
        touched();
    }

    State state() {
        return state;
    }

    /** Largest payload that the peer takes; its own limit is known once the link is open. */
    int maxPayload() {
        return maxPayload;
    }

    void touched() {
        links.dirty(this);
    }

    boolean offerControl(Slab slab, int at, int bytes) {
        return control.offer(slab, at, bytes);
    }

    /** The application's box; null if the link carries as many applications as it may. */
    @Nullable Outbox box(int application) {
        Outbox box = boxes.get(application);
        if (box == null && boxes.size() < MAX_APPLICATIONS) {
            box = new Outbox(this, application, capacity(), initialWindow);
            boxes.put(application, box);
            order.add(box);
        }
        return box;
    }

    private int capacity() {
        return Math.min(node.caps().windowTo(peer), Math.min(node.config().bufferBytes(), MAX_BOX_BYTES));
    }

    /** Other caps hold, or another latency. */
    void shape() {
        Cap toll = node.caps().tollTo(peer);
        LinkEmulation link = node.caps().linkTo(peer);
        if (wire == null && (toll != null || link != null)) {
            wire = new Wire(node, this, links.clock());
        }
        if (wire != null) {
            wire.shape(toll, link);
            touched();
        }
        delayMicros = link == null ? 0 : (int) (link.latencyMicros() + link.jitterMicros());
        tellDelay();
        order.forEach(box -> box.capacity(capacity()));
    }

    /** What the peer hears first. */
    Hello hello() {
        saidMicros = delayMicros;
        return node.hello(Hello.NODE).late(delayMicros);
    }

    private void tellDelay() {
        if (state == State.OPEN && hearsDelay && delayMicros != saidMicros) {
            saidMicros = delayMicros;
            say(LinkType.DELAY, 0, delayMicros);
        }
    }

    /** What shapes its traffic, or did so once. */
    @Nullable Wire wire() {
        return wire;
    }

    /** How long what it sends waits at most. */
    long delayNs() {
        return wire == null ? 0 : wire.leftNs();
    }

    /** Whether a message of the box was begun, but not ended, by a full socket. */
    boolean hasCut(Outbox box) {
        return departure.hasCut(box);
    }

    Collection<Outbox> boxes() {
        return order;
    }

    Outbox control() {
        return control;
    }

    /** Writes what may be written now, then lets in what waited; never blocks. */
    void drain() {
        SocketChannel open = channel;
        if (open == null || (state != State.OPEN && state != State.CLOSING)) {
            return;
        }
        Wire shaped = wire;
        if (shaped != null && !shaped.isUsed()) {
            shaped = null;
        }
        if (shaped != null) {
            shaped.proceed(own, control);
        }
        try {
            while (writable) {
                long offered = shaped == null
                        ? departure.load(own.isDrained() ? control : own, order)
                        : departure.load(shaped.line, List.of());
                if (offered == 0) {
                    break;
                }
                if (departure.write(open) < offered) {
                    writable = false;
                    poller.wantWrite(this);
                }
                admit();
                if (shaped != null) {
                    shaped.proceed(own, control); // what was cut when shaping began held up what came behind it
                }
            }
        } catch (IOException e) {
            links.failed(this, "cannot be written: " + e.getMessage());
        }
        if (shaped != null) {
            order.forEach(node.caps().exit()::add);
        }
        links.drained(this);
    }

    private void admit() {
        for (int i = 0; i < order.size(); i++) {
            order.get(i).admit();
        }
    }

    /** Whether everything given to it was written. */
    boolean isDrained() {
        if (!control.isDrained() || !own.isDrained() || (wire != null && !wire.isEmpty())) {
            return false;
        }
        for (Outbox box : order) {
            if (!box.isDrained()) {
                return false;
            }
        }
        return true;
    }

    /** The peer wants to know whether its credits are read; it asks again only after the answer. */
    private void repeat(long number) {
        questions.decrementAndGet();
        Wire late = wire;
        if (state == State.OPEN && own.hasRoom() && (late == null || late.hasRoom())) {
            say(LinkType.ECHO_REPLY, 0, number);
        }
    }

    /** A word of the link's own, before all messages that are not yet being written. */
    void say(int type, int application, long sequence) {
        Slab slab = Slab.onHeap(Header.BYTES);
        new Header(type, node.self(), application, sequence, 0).write(slab.buffer(), 0);
        Wire late = wire;
        boolean ordered = type == LinkType.QUIET || type == LinkType.SOURCE_GONE; // they are about the data before them
        boolean measures = type == LinkType.ECHO && sequence != 0;
        if (late != null && late.isUsed() && !ordered && !measures) {
            late.say(slab); // whether a peer lives is no question of emulated latency, nor is how large that is
        } else {
            own.append(slab, 0, Header.BYTES);
        }
    }

    /** Asks how long a round trip takes, unless the last word of the link's own still waits. */
    void measure(long number) {
        if (state == State.OPEN && own.hasRoom()) {
            awaited = number;
            roundTrip.ask(number, node.elapsedNs());
            say(LinkType.ECHO, 0, number);
        }
    }

    /** How often something came back. */
    long heard() {
        return heard.get();
    }

    /** The peer has given no sign of life for too long. */
    void silent(String sentence) {
        node.counters().add(Count.LINKS_SILENT);
        links.failed(this, sentence);
    }

    /** No source is left that feeds the box: once drained, it says so. */
    void end(Outbox box) {
        ending.add(box);
        touched();
    }

    /** One of both nodes ends: what waits for its time goes at once, in order, since nobody would wait for it. */
    void hurry() {
        if (wire != null) {
            wire.hurry();
        }
    }

    /** The deadline of the parting; it ends with the link. */
    void partBy(Future<?> deadline) {
        parting = deadline;
    }

    /** Ends the message that is half written, drops what is not, and says BYE; the peer acknowledges and closes. */
    void bye() {
        state = State.CLOSING;
        order.forEach(box -> box.forgetUnsent(departure.hasCut(box)));
        Slab slab = Slab.onHeap(Header.BYTES);
        new Header(LinkType.BYE, node.self(), 0, 0, 0).write(slab.buffer(), 0);
        control.appendBye(slab, 0, Header.BYTES);
        drain();
    }

    /** Closes the channel and lets everything go; how many messages are not known to have arrived. */
    long close() {
        state = State.CLOSED;
        parting.cancel(false);
        own.fail();
        if (wire != null) {
            wire.close();
        }
        long lost = control.fail();
        for (Outbox box : order) {
            lost += box.fail();
        }
        Channels.close(channel);
        return lost;
    }

    /** After {@link #close}: the bytes of those messages. */
    long lostBytes() {
        long lost = control.lostBytes();
        for (Outbox box : order) {
            lost += box.lostBytes();
        }
        return lost;
    }

    @Override
    public SocketChannel channel() {
        SocketChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("the link is not open yet");
        }
        return open;
    }

    @Override
    public void writable() {
        writable = true;
        links.ring(this);
    }

    @Override
    public void readable() {
        try {
            boolean waited = back.read(channel());
            heard.add(1);
            if (waited) {
                links.ring(this);
            }
            if (back.isOver()) {
                node.post(() -> links.ended(this));
                channel().close();
            }
        } catch (ProtocolException e) {
            links.broken(e.kind(), peer, "the link to " + peer + " was ended: " + e.getMessage());
            broken(e);
        } catch (IOException e) {
            broken(e);
        }
    }

    private boolean heard(int type, ByteBuffer bytes, int at) throws ProtocolException {
        return switch (type) {
            case LinkType.CONTROL_CREDIT -> control.credit(WayBack.credit(bytes, at));
            case LinkType.CREDIT -> {
                Credit credit = WayBack.credit(bytes, at);
                Outbox box = boxes.get(credit.application());
                yield box != null && box.credit(credit);
            }
            case LinkType.ECHO -> {
                long number = Header.sequenceAt(bytes, at);
                if (questions.get() < MOST_QUESTIONS) {
                    questions.incrementAndGet();
                    node.post(() -> repeat(number));
                }
                yield false;
            }
            case LinkType.ECHO_REPLY -> {
                long number = Header.sequenceAt(bytes, at);
                if (number != 0 && number == awaited) { // else that it came is the answer
                    awaited = 0;
                    long nowNs = node.elapsedNs();
                    node.post(() -> roundTrip.answer(number, nowNs));
                }
                yield false;
            }
            case LinkType.BYE -> {
                if (!saidBye) {
                    saidBye = true;
                    node.post(() -> links.left(this));
                }
                yield false;
            }
            default ->
                throw new ProtocolException(
                        Count.LINKS_BROKEN_HEADER,
                        "only credit comes back on a link, not type 0x" + Integer.toHexString(type));
        };
    }

    @Override
    public void broken(Exception why) {
        node.post(() -> links.failed(this, why.getMessage() == null ? why.toString() : why.getMessage()));
    }
}
