package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.LinkEmulation;
import ioverlay.io.counts.Count;
import ioverlay.io.memory.Arrivals;
import ioverlay.io.memory.Range;
import ioverlay.io.memory.Slab;
import ioverlay.io.opening.Patience;
import ioverlay.io.shared.Clock;
import ioverlay.io.threads.TurnLost;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import ioverlay.io.wire.ProtocolException;
import ioverlay.io.wire.Reverse;
import ioverlay.traffic.silence.Farewell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A link that a neighbour dialled. Its virtual thread reads for ever — the sender keeps within the credit, so there is
 * always a place for what comes — sorts messages into ports, one per application and one for control, and rings.
 *
 * <p><b>Threads:</b> the link's own reads; the turn grants credit.
 */
final class InLink {
    /** The most applications that one link carries; one more ends it. */
    static final int MAX_APPLICATIONS = 256;

    private static final int MOST_DELAYED = 16;

    /** After BYE the sender hears so often that what it sent is still being taken. */
    private static final int WORDS_PER_PATIENCE = 3;

    /** After so much, a link that always has something to read lets others have its carrier. */
    private static final long YIELD_BYTES = 512 << 10;

    final NodeId peer;
    private final Switch node;
    private final Links links;
    private final SocketChannel channel;
    private final Clock clock;
    private final int firstWindow;
    private final long stallMs;
    private final long settleMs;
    private final Reverse reverse;
    private final Patience patience;
    final InWatch watch;
    private final Grant controlGrant;
    private final Map<Integer, Grant> grants = new HashMap<>();
    private final Arrivals arrivals;
    private final Runnable goOn = this::goOn;
    private Runnable over = () -> {};
    private @Nullable Grant lastData;
    private boolean saidBye;

    /** Bytes of the last read. */
    private int read;

    /** Volatile: the turn says BYE, the link's thread then takes the end for what it is. */
    private volatile boolean leaving;

    /** Volatile: the watchdog compares. */
    private volatile @Nullable Thread thread;

    /** Volatile: the turn says how late what the node sends to the peer arrives, the link's thread answers so late. */
    private volatile long delayNs;

    /** Answers that wait. */
    private final AtomicInteger delayed = new AtomicInteger();

    /** Volatile: the link's thread hears how late the peer sends, the turn grants as much more. */
    private volatile int lateMicros;

    private volatile boolean shaping;
    private final CountDownLatch settled = new CountDownLatch(1);

    /** The turn's lists: one port and grant for control, then one for each application. */
    final List<Port> ports = new ArrayList<>();

    private final List<Grant> granted = new ArrayList<>();
    private boolean finishing;

    /**
     * A link that is open.
     *
     * @param welcome that the peer was told
     * @param settleMs how long what came before BYE may take to be taken, where nothing is capped
     */
    InLink(Switch node, NodeId peer, Hello welcome, SocketChannel channel, Clock clock, long stallMs, long settleMs) {
        this.settleMs = settleMs;
        this.firstWindow = welcome.dataWindow();
        this.lateMicros = welcome.delayMicros();
        this.node = node;
        this.links = node.links();
        this.peer = peer;
        this.channel = channel;
        this.arrivals = new Arrivals(node.pool());
        this.clock = clock;
        this.stallMs = stallMs;
        this.reverse = new Reverse(this::deaf, channel, node.self());
        this.patience = new Patience(clock::after, stallMs, this::impatient);
        this.watch = new InWatch(this, node, links.vigil());
        this.controlGrant = new Grant(
                new Port(node, peer, 0, true),
                reverse,
                LinkType.CONTROL_CREDIT,
                Switch.CONTROL_WINDOW_BYTES,
                Switch.CONTROL_WINDOW_BYTES,
                this::settleIfTaken);
    }

    /** The turn: one more port is served. */
    void serve(Grant grant) {
        granted.add(grant);
        ports.add(grant.port);
        node.ports.add(grant.port);
        shape(grant);
    }

    /** The turn: other caps hold. */
    void shape() {
        shaping = false;
        granted.forEach(this::shape);
    }

    private void shape(Grant grant) {
        node.caps().shape(grant.port);
        LinkEmulation back = node.caps().linkTo(peer);
        delayNs = back == null ? 0 : TimeUnit.MICROSECONDS.toNanos(back.latencyMicros());
        if (!grant.port.isControl) {
            grant.cap(
                    node.caps().windowFrom(peer, Caps.WINDOW_MICROS),
                    node.caps().windowFrom(peer, lateMicros));
        }
    }

    private void impatient() {
        end(Count.LINKS_BROKEN_STALLED, "stopped in the middle of a message for " + stallMs + " ms");
    }

    /**
     * The life of the link, on its own thread, or on the next one if that is left behind in a call of the node's algorithm.
     *
     * @param whenOver called once, by the last of them
     */
    void receive(Runnable whenOver) {
        over = whenOver;
        node.post(() -> links.joined(this, controlGrant));
        live();
    }

    /** What was read is parsed and handed on, so another thread can read on. */
    private void goOn() {
        if (!node.threads().start("link-in", this::live)) {
            over.run(); // the node closes
        }
    }

    private void live() {
        thread = Thread.currentThread();
        String why = "closed without BYE";
        boolean graceful = false;
        try {
            graceful = read();
        } catch (TurnLost e) {
            return; // all of this is the next one's
        } catch (ProtocolException e) {
            why = String.valueOf(e.getMessage());
            broken(e.kind(), why);
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            why = "the node closed";
        }
        patience.close();
        arrivals.close();
        String sentence = reverse.verdict().isEmpty() ? why : reverse.verdict();
        boolean bye = graceful;
        node.post(() -> links.parted(this, bye, bye ? "the peer said BYE" : sentence));
        over.run();
    }

    /** Reads to the end; whether that was a graceful one. */
    @SuppressWarnings("ThreadPriorityCheck") // virtual threads are not sliced: yielding is how others get the carrier
    private boolean read() throws IOException, InterruptedException {
        long sinceYieldBytes = 0;
        while (read >= 0 && !saidBye) {
            read = arrivals.read(channel);
            sinceYieldBytes += read;
            if (sinceYieldBytes > YIELD_BYTES) {
                sinceYieldBytes = 0;
                Thread.yield();
            }
            watch.read(read);
            arrivals.parsed(parse(arrivals.slab(), arrivals.from(), arrivals.to()));
            patience.progress(read, arrivals.part());
            node.turn().visit(goOn);
        }
        if (saidBye) {
            node.post(this::finish);
            settle();
            return true;
        }
        if (arrivals.hasPart() && !leaving) {
            throw new ProtocolException(Count.LINKS_BROKEN_MIDDLE, "closed in the middle of a message");
        }
        return leaving;
    }

    /** Waits until all was taken, as long as the slowest cap may need; then what was taken is said, and the rest is lost. */
    private void settle() throws InterruptedException {
        long pending = controlGrant.port.pendingBytes();
        for (Grant grant : grants.values()) {
            pending += grant.port.pendingBytes();
        }
        long left = Farewell.patienceMs(settleMs, pending, node.caps().slowest());
        long each = settleMs / WORDS_PER_PATIENCE;
        while (left > 0 && !settled.await(Math.min(each, left), TimeUnit.MILLISECONDS)) {
            left -= each;
            lives();
        }
        if (settled.getCount() > 0) {
            node.post(this::settled);
            settled.await(settleMs, TimeUnit.MILLISECONDS);
        }
    }

    /** The turn: the sender hears what was taken. */
    private void settled() {
        granted.forEach(Grant::settle);
        settled.countDown();
    }

    /** The turn: nothing more will come. */
    private void finish() {
        finishing = true;
        settleIfTaken();
    }

    /** The turn: once everything was taken, the sender hears so, and the link can close with exact counts. */
    private void settleIfTaken() {
        if (finishing && ports.stream().allMatch(Port::isEmpty)) {
            settled();
        }
    }

    private void broken(Count kind, String why) {
        links.broken(kind, peer, "the link from " + peer + " was ended: " + why);
    }

    /** Sorts the whole messages between the two; the first byte that is not part of one. */
    private int parse(Slab slab, int from, int to) throws ProtocolException {
        ByteBuffer bytes = slab.buffer();
        Grant into = null;
        int start = from;
        int at = from;
        int last = 0;
        int messages = 0;
        while (to - at >= Header.BYTES) {
            int length = Header.BYTES + Header.payloadSizeAt(bytes, at);
            Grant next;
            try {
                check(bytes, at);
                if (to - at < length) {
                    break;
                }
                next = grant(bytes, at);
            } catch (ProtocolException e) {
                hand(into, slab, start, at, messages, last); // what came before is not to blame
                throw e;
            }
            if (next != into) {
                hand(into, slab, start, at, messages, last);
                into = next;
                start = at;
                messages = 0;
            }
            if (next == null) {
                heard(bytes, at);
            }
            at += length;
            last = length;
            messages++;
        }
        hand(into, slab, start, at, messages, last);
        return at;
    }

    private void check(ByteBuffer bytes, int at) throws ProtocolException {
        String fault = Header.fault(bytes, at, node.config().maxPayload());
        if (!fault.isEmpty()) {
            throw new ProtocolException(Count.LINKS_BROKEN_HEADER, fault);
        }
    }

    private void hand(@Nullable Grant into, Slab slab, int from, int to, int messages, int lastBytes)
            throws ProtocolException {
        if (into != null) {
            slab.retain();
            if (!into.restless && into != controlGrant) {
                into.restless = true;
                watch.wakes();
            }
            into.arrived(new Range(slab, from, to, messages), lastBytes);
        }
    }

    /** Whose message it is; null for a link's own, which is consumed here. */
    private @Nullable Grant grant(ByteBuffer bytes, int at) throws ProtocolException {
        int type = Header.typeAt(bytes, at);
        if (MessageType.isControl(type)) {
            return LinkType.isLink(type) ? null : controlGrant;
        }
        int application = Header.applicationAt(bytes, at);
        Grant last = lastData;
        if (last != null && last.port.application == application) {
            return last;
        }
        last = grants.get(application);
        if (last == null) {
            last = newcomer(application);
        }
        lastData = last;
        return last;
    }

    /** A word of the link's own; what came before is handed on already. */
    private void heard(ByteBuffer bytes, int at) throws ProtocolException {
        int type = Header.typeAt(bytes, at);
        switch (type) {
            case LinkType.BYE -> {
                saidBye = true;
                watch.ends();
            }
            case LinkType.ECHO -> repeat(Header.sequenceAt(bytes, at));
            case LinkType.ECHO_REPLY -> reverse.answered(Header.sequenceAt(bytes, at));
            case LinkType.DELAY -> late(Header.sequenceAt(bytes, at));
            case LinkType.QUIET -> quiet(grants.get(Header.applicationAt(bytes, at)));
            case LinkType.SOURCE_GONE -> {
                Grant over = grants.get(Header.applicationAt(bytes, at));
                quiet(over);
                if (over != null) {
                    over.port.gone((int) (Header.sequenceAt(bytes, at) >>> 32));
                }
            }
            default ->
                throw new ProtocolException(
                        Count.LINKS_BROKEN_HEADER, "a link carries no message of type 0x" + Integer.toHexString(type));
        }
    }

    /**
     * At once what has no number, since it asks for a sign of life; else as late as all that the node sends to the peer,
     * a few at a time, so that nobody piles them up.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // an answer is not taken back
    private void repeat(long number) {
        if (delayNs == 0 || number == 0) {
            reverse.repeat(number);
        } else if (delayed.get() < MOST_DELAYED) {
            delayed.incrementAndGet();
            clock.after(
                    delayNs,
                    () -> node.post(() -> {
                        delayed.decrementAndGet();
                        reverse.repeat(number);
                    }));
        }
    }

    /** However often the peer says it, the turn hears of it once. */
    private void late(long micros) {
        lateMicros = Math.clamp(micros, 0, Hello.MOST_DELAY_MICROS);
        if (!shaping) {
            shaping = true;
            node.post(this::shape);
        }
    }

    /** Only after data, so that who says it for ever has to keep within the credit. */
    private void quiet(@Nullable Grant grant) {
        if (grant != null && grant.restless) {
            grant.restless = false;
            watch.quiets();
            grant.quiet();
            node.post(grant::taken);
        }
    }

    /** The turn's thread does not come back: if it is this link's, its sender gets no answers. */
    void reassure(Thread stuck) {
        if (thread == stuck) {
            lives();
        }
    }

    /** A sign of life for the sender. */
    void lives() {
        reverse.repeat(0);
    }

    /** The turn asks whether somebody is there. */
    void suspect() {
        reverse.suspect();
    }

    /** The turn: the peer has given no sign of life for too long. */
    void silent(String sentence) {
        node.counters().add(Count.LINKS_SILENT);
        reverse.condemn(sentence);
        Channels.close(channel);
    }

    private Grant newcomer(int application) throws ProtocolException {
        if (grants.size() == MAX_APPLICATIONS) {
            throw new ProtocolException(
                    Count.LINKS_BROKEN_CREDIT, "a link carries at most " + MAX_APPLICATIONS + " applications");
        }
        Port port = new Port(node, peer, application, false);
        Grant grant = new Grant(
                port, reverse, LinkType.CREDIT, node.config().bufferBytes(), firstWindow, this::settleIfTaken);
        grants.put(application, grant);
        node.post(() -> links.addPort(this, grant));
        return grant;
    }

    private void deaf() {
        end(Count.LINKS_BROKEN_CREDIT, "does not read its credits");
    }

    /** Ends the link from this side; the sentence is why. */
    private void end(Count kind, String sentence) {
        broken(kind, sentence);
        reverse.condemn(sentence);
        Channels.close(channel);
    }

    /** The node leaves: BYE goes back; the sender ends its message, says BYE in turn and learns what was taken. The turn. */
    void bye() {
        leaving = true;
        reverse.bye();
    }

    void close() {
        Channels.close(channel);
    }
}
