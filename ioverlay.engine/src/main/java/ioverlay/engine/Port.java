package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.memory.Range;
import ioverlay.io.message.Origin;
import ioverlay.io.threads.Tally;
import ioverlay.traffic.meter.Meter;
import ioverlay.traffic.shape.Cap;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where messages of one upstream and one application wait for the switch: an accepted link's, a local source's, or a
 * link's control lane. What its messages cause and what finds no room blocks only this port.
 *
 * <p><b>Threads:</b> {@link #arrived} from the one thread that produces; everything else the turn, unless noted.
 */
final class Port implements Origin {
    /** Its share of a round, times its weight. */
    static final int QUANTUM_BYTES = 16 << 10;

    /** The upstream: a neighbour, or the node itself for a local source. */
    final NodeId from;

    final int application;
    final boolean isControl;
    private final Switch node;
    private final ConcurrentLinkedQueue<Range> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean rung = new AtomicBoolean();
    private final Tally arrivedBytes = new Tally();

    /**
     * Written by the turn alone, but with a full fence: a producer that goes to sleep for want of room either sees what
     * was taken, or is seen asleep.
     */
    private final AtomicLong takenBytes = new AtomicLong();

    /** Over all that {@link #takenBytes} and {@link #takenMessages} count. */
    final Meter meter = new Meter();

    private long takenMessages;
    private @Nullable Range current;
    private int at;
    private int waiting;
    private int weight = 1;

    /** How the switch sees it. */
    boolean active;

    boolean parked;
    int deficitBytes;
    int quantumBytes = QUANTUM_BYTES;

    /** What its messages pay; null if nothing. */
    @Nullable Cap toll;

    /** The boxes that its messages have gone to, for {@link Feeders}. */
    final Set<Outbox> feeds = new HashSet<>();

    /** Its producer is gone: once empty, it is forgotten. */
    boolean orphan;

    /** Nothing more comes, and what came was taken; until something does. */
    boolean dead;

    private String parting = "its upstream ended";
    private int parted = Domino.ENDED;

    /** Volatile: the link's thread says how the source is gone, the turn looks; 0 while it is not. */
    private volatile int gone;

    /** Called when something was taken; the turn. */
    private Runnable taken = () -> {};

    Port(Switch node, NodeId from, int application, boolean isControl) {
        this.node = node;
        this.from = from;
        this.application = application;
        this.isControl = isControl;
    }

    void whenTaken(Runnable action) {
        taken = action;
    }

    /** The producer hands over whole messages; it rings the turn itself when its batch is complete. */
    void arrived(Range range) {
        if (gone != 0) {
            gone = 0;
        }
        arrivedBytes.add(range.bytes());
        arrivals.add(range);
        signal();
    }

    /** The producer: nothing follows, unless more arrives after all. */
    void gone(int how) {
        gone = how == Domino.FAILED ? how : Domino.ENDED;
        signal();
    }

    /** Its producer is gone for good. */
    void orphaned(int how, String why) {
        orphan = true;
        parted = how;
        parting = why;
    }

    /** Whether nothing more comes, and nothing is left. */
    boolean isOver() {
        return (orphan || gone != 0) && isEmpty() && !isBlocked(); // in this order: what came before is seen
    }

    /** How it is over: {@link Domino#FAILED} or {@link Domino#ENDED}. */
    int ending() {
        int said = gone;
        return said == 0 ? parted : said;
    }

    /** The same as a sentence. */
    String why() {
        return switch (gone) {
            case 0 -> parting;
            case Domino.FAILED -> "its own source failed";
            default -> "its own source ended";
        };
    }

    private void signal() {
        if (!rung.get() && rung.compareAndSet(false, true)) {
            node.signalled(this);
        }
    }

    /** The switch has seen the signal: what arrives from now on signals again. */
    void seen() {
        rung.set(false);
    }

    /** Bytes that arrived and were not taken; any thread. */
    long pendingBytes() {
        return arrivedBytes.get() - takenBytes.get();
    }

    /** Bytes that ever arrived; any thread. */
    long arrivedBytes() {
        return arrivedBytes.get();
    }

    /** Bytes that the switch has taken. */
    long takenBytes() {
        return takenBytes.get();
    }

    long takenMessages() {
        return takenMessages;
    }

    /** The range whose next message starts at {@link #at}; null if nothing is here. */
    @Nullable Range next() {
        Range range = current;
        if (range == null) {
            range = arrivals.poll();
            if (range != null) {
                current = range;
                at = range.from();
            }
        }
        return range;
    }

    int at() {
        return at;
    }

    /** Bytes of the message at {@link #at}. */
    static int bytesAt(Range range, int at) {
        return Header.BYTES + Header.payloadSizeAt(range.slab().buffer(), at);
    }

    /** The message at {@link #at} was dispatched. */
    void advance(Range range, int bytes) {
        at += bytes;
        takenMessages++;
        if (at == range.to()) {
            current = null;
            range.slab().release();
        }
    }

    /** A batch was dispatched: tells whoever waits for room. */
    void took(int bytes) {
        takenBytes.set(takenBytes.getPlain() + bytes);
        dead = false;
        node.links().meters().moved();
        taken.run();
    }

    boolean isEmpty() {
        return current == null && arrivals.isEmpty();
    }

    /** Whether a message of this port waits for room in some box. */
    boolean isBlocked() {
        return waiting > 0;
    }

    int weight() {
        return weight;
    }

    void weight(int value) {
        weight = value;
    }

    /** Drops what is left; how many messages that were. */
    long discard() {
        long lost = 0;
        for (Range range = next(); range != null; range = next()) {
            advance(range, bytesAt(range, at));
            lost++;
        }
        return lost;
    }

    @Override
    public boolean admits(int bytes) {
        return true; // a port waits for its own message only, and takes no other meanwhile
    }

    @Override
    public void waits(int bytes) {
        waiting++;
    }

    @Override
    public void went(int bytes) {
        if (--waiting == 0) {
            node.activate(this);
        }
    }
}
