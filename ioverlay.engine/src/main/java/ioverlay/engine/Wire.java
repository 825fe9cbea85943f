package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.container.LinkEmulation;
import ioverlay.io.memory.Run;
import ioverlay.io.memory.Slab;
import ioverlay.io.shared.Clock;
import ioverlay.traffic.shape.Cap;
import ioverlay.traffic.shape.Delay;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the boxes of a link and its socket when the link is to be slower, later or less sure than it is: the
 * caps that it pays, and a line in which messages, control and data in one order, wait for their time. The line is bounded
 * by the receiver's credit. What is lost here was never sent.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Wire {
    /** What is released within this time goes together. */
    private static final long BURST_NS = 100_000;

    private static final int MOST_WORDS = 1024;

    /** A class, since a record costs the bundle twice its bytes. */
    private static final class Parcel {
        final Run run;
        final long releaseNs;

        Parcel(Run run, long releaseNs) {
            this.run = run;
            this.releaseNs = releaseNs;
        }
    }

    final OutLink link;

    /** What has waited long enough: only the socket holds it up. */
    final Outbox line;

    private final Switch node;
    private final Wake wake;
    private final ArrayDeque<Parcel> parcels = new ArrayDeque<>();
    private @Nullable Cap toll;
    private Delay delay = Delay.NONE;
    private long lastNs;
    private boolean shapes;
    private boolean loaded;
    private boolean hurried;

    /** Words of the link's own that overtook the line, and where in it the last of them ends. */
    private int words;

    private long wordsTo;
    private int quantumBytes = Port.QUANTUM_BYTES;
    private long delayedBytes;
    private long lostMessages;
    private long lostBytes;

    Wire(Switch node, OutLink link, Clock clock) {
        this.node = node;
        this.link = link;
        this.line = new Outbox(link, 0, Integer.MAX_VALUE, Long.MAX_VALUE);
        this.wake = new Wake(node, clock, BURST_NS, link::drain);
    }

    /** From now on; what is in the line keeps its time. */
    void shape(@Nullable Cap caps, @Nullable LinkEmulation late) {
        toll = caps;
        quantumBytes = node.caps().quantumTo(link.peer);
        Delay next = late == null
                ? Delay.NONE
                : new Delay(
                        TimeUnit.MICROSECONDS.toNanos(late.latencyMicros()),
                        TimeUnit.MICROSECONDS.toNanos(late.jitterMicros()),
                        late.loss(),
                        node.caps().emulation().seed() + late.peer().toString().hashCode());
        if (!next.isLike(delay)) {
            delay = next;
        }
        shapes = caps != null || !delay.isNone();
    }

    /** Whether the link's traffic has to pass here, or still does. */
    boolean isUsed() {
        return shapes || !isEmpty();
    }

    boolean isEmpty() {
        return parcels.isEmpty() && line.runs.isEmpty();
    }

    /** Whether the box could give something, but for the caps. */
    boolean isReady(Outbox box) {
        return !box.runs.isEmpty() && !link.hasCut(box) && box.credit() > 0;
    }

    long allowance(long nowNs) {
        return toll == null ? Long.MAX_VALUE : toll.allowance(nowNs);
    }

    long dueNs() {
        return toll == null ? 0 : toll.dueNs();
    }

    int quantumBytes() {
        return quantumBytes;
    }

    /** Takes whole messages of data, at least one, up to the first that reaches so many bytes; how many bytes. */
    int take(Outbox box, long most, long nowNs) {
        Run run = box.runs.getFirst();
        int bytes = bytes(run, delay.isPerMessage() ? 1 : Math.min(most, box.credit()), nowNs);
        if (delay.loses()) {
            lostMessages++;
            lostBytes += bytes;
            box.lose(bytes);
        } else {
            put(run.slab, run.from, bytes, nowNs);
            box.written(bytes);
        }
        return bytes;
    }

    /** A word of the link's own that waits for the socket only. */
    void say(Slab slab) {
        line.append(slab, 0, Header.BYTES);
        words++;
        wordsTo = line.bytes();
    }

    /** Whether one more may wait: a peer that asks and does not read must not pile up answers. */
    boolean hasRoom() {
        if (line.sentBytes() >= wordsTo) {
            words = 0;
        }
        return words < MOST_WORDS;
    }

    /** From now on nothing waits for its time. */
    void hurry() {
        hurried = true;
    }

    /** Takes the link's own words and control, and lets go what has waited long enough. */
    void proceed(Outbox own, Outbox control) {
        takeControl(own);
        takeControl(control);
        release();
    }

    /** Takes control as far as there is credit: it is charged, and never waits for a cap. */
    private void takeControl(Outbox box) {
        while (isReady(box)) {
            long now = node.elapsedNs();
            Run run = box.runs.getFirst();
            int bytes = bytes(run, delay.isPerMessage() ? 1 : box.credit(), now);
            put(run.slab, run.from, bytes, now);
            box.written(bytes);
        }
    }

    private int bytes(Run run, long most, long nowNs) {
        int bytes = run.bytes() <= most ? run.bytes() : run.boundary(most) - run.from;
        if (toll != null) {
            toll.charge(bytes, nowNs);
        }
        return bytes;
    }

    private void put(Slab slab, int at, int bytes, long nowNs) {
        long release = Math.max(lastNs, delay.releaseNs(nowNs));
        lastNs = release;
        delayedBytes += bytes;
        Parcel last = parcels.peekLast();
        if (last == null || last.releaseNs != release || !last.run.extend(slab, at, bytes)) {
            parcels.addLast(new Parcel(new Run(slab, at, bytes), release));
        }
    }

    /** Whether the link has to be drained for what was put here, and nobody knows yet. */
    boolean load() {
        boolean first = !loaded;
        loaded = true;
        return first;
    }

    /** What has waited long enough may go. */
    private void release() {
        loaded = false;
        if (parcels.isEmpty()) {
            return;
        }
        long now = node.elapsedNs();
        for (Parcel next = parcels.peek(); next != null; next = parcels.peek()) {
            if (next.releaseNs > now && !hurried) {
                wake.at(next.releaseNs, now);
                return;
            }
            parcels.remove();
            Run run = next.run;
            delayedBytes -= run.bytes();
            line.append(run.slab, run.from, run.bytes());
            run.slab.release();
        }
    }

    /** Lets everything go. */
    void close() {
        parcels.forEach(parcel -> parcel.run.slab.release());
        parcels.clear();
        delayedBytes = 0;
        line.fail();
    }

    /** Bytes that wait for their time. */
    long delayedBytes() {
        return delayedBytes;
    }

    /** Messages lost here on purpose. */
    long lostMessages() {
        return lostMessages;
    }

    /** Bytes of them. */
    long lostBytes() {
        return lostBytes;
    }

    /** How long what is put here now waits at most, or what is here. */
    long leftNs() {
        return hurried ? 0 : Math.max(delay.mostNs(), lastNs - node.elapsedNs());
    }
}
