package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.LinkEmulation.Way;
import ioverlay.io.counts.Count;
import ioverlay.io.message.Notice;
import ioverlay.io.opening.Dialler;
import ioverlay.io.shared.Clock;
import ioverlay.io.shared.Poller;
import ioverlay.io.watch.Watched;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import ioverlay.traffic.silence.Farewell;
import ioverlay.traffic.silence.Obituaries;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The links of one node, both ways: dialled when something is first sent to a neighbour, kept for all applications
 * (paper, "Persistent connections"), dropped with everything they hold when they fail.
 *
 * <p><b>Threads:</b> the turn, but for {@link #ring} and {@link #broken}.
 */
final class Links implements Watched.SignOfLife {
    /** The most neighbours that a node dials. */
    static final int MAX_LINKS = 4096;

    private static final int UPSTREAM = 1;
    private static final int DOWNSTREAM = 2;

    private final Switch node;
    private final Poller poller;
    private final Dials dials;
    private final Clock clock;
    private final long partMs;
    private final Map<NodeId, OutLink> out = new HashMap<>();
    private final Domino domino;
    private final Vigil vigil;
    private final Obituaries<NodeId> obituaries = new Obituaries<>(MAX_LINKS);
    private final Set<OutLink> leaving = new HashSet<>();
    private final List<InLink> in = new ArrayList<>();
    private final ConcurrentLinkedQueue<OutLink> rung = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<OutLink> dirty = new ArrayDeque<>();
    private @Nullable OutLink last;

    /** The node says BYE: no link is opened any more. */
    private boolean closing;

    private final Meters meters;

    /**
     * No links yet.
     *
     * @param partMs how long a downstream may take from BYE to the end of the link
     */
    Links(Switch node, Poller poller, Dialler dialler, Clock clock, long partMs) {
        this.node = node;
        this.poller = poller;
        this.dials = new Dials(node, this, dialler, clock);
        this.clock = clock;
        this.partMs = partMs;
        this.domino = new Domino(node, this, clock);
        this.meters = new Meters(node, clock);
        this.vigil = new Vigil(node, clock);
    }

    /** The link to a neighbour, dialled if there is none; null if there are too many, or the node closes. */
    @Nullable OutLink to(NodeId peer) {
        OutLink recent = last;
        if (recent != null && recent.peer.equals(peer)) {
            return recent;
        }
        OutLink link = out.get(peer);
        if (link == null) {
            if (closing || out.size() == MAX_LINKS) {
                return null;
            }
            link = new OutLink(node, this, peer, poller);
            out.put(peer, link);
            link.shape();
            dials.dial(link);
        }
        last = link;
        return link;
    }

    Clock clock() {
        return clock;
    }

    /** Whether there is a link with the neighbour, that way. */
    boolean has(Way way, NodeId peer) {
        return way == Way.TO ? out.containsKey(peer) : in.stream().anyMatch(link -> link.peer.equals(peer));
    }

    /** From any thread: the link can go on. */
    void ring(OutLink link) {
        rung.add(link);
        node.turn().ring();
    }

    void dirty(OutLink link) {
        if (!link.dirty) {
            link.dirty = true;
            dirty.addLast(link);
        }
    }

    /** Whether something could be written now. */
    boolean isRung() {
        return !rung.isEmpty() || node.caps().exit().hasWork();
    }

    /** Writes what can be written on every link that has something. */
    void drain() {
        for (OutLink link = rung.poll(); link != null; link = rung.poll()) {
            dirty(link);
        }
        if (!dirty.isEmpty()) {
            meters.moved();
        }
        for (int left = dirty.size(); left > 0; left--) {
            OutLink link = dirty.removeFirst();
            link.dirty = false;
            link.drain();
        }
        node.caps().exit().drain();
    }

    /** The link has written what it could. */
    void drained(OutLink link) {
        if (!link.ending.isEmpty()) {
            domino.proceed(link);
        }
        if (!link.watch.on && link.state() == OutLink.State.OPEN) {
            link.watch.on = true;
            vigil.watch(link.watch);
        }
    }

    /**
     * The watchdog, while the thread of the turn does not come back: a word on each link whose other side may wait for
     * one. A receiver answers by itself, but for the one whose thread that is.
     */
    @Override
    public void reassure(Thread stuck) {
        for (OutLink link : List.copyOf(out.values())) {
            if (link.watch.on) {
                link.say(LinkType.ECHO_REPLY, 0, 0);
                link.drain();
            }
        }
        in.forEach(link -> link.reassure(stuck));
    }

    @Override
    public long limitNs() {
        return vigil.limitNs();
    }

    Vigil vigil() {
        return vigil;
    }

    Domino domino() {
        return domino;
    }

    void opened(OutLink link, SocketChannel channel, Hello welcome) {
        if (link.state() != OutLink.State.DIALLING) {
            Channels.close(channel); // the node closed meanwhile
            return;
        }
        link.open(channel, welcome);
        obituaries.lives(link.peer);
        tellAll(MessageType.LINK_UP, Header.params(DOWNSTREAM, 0), link.peer, "");
        node.happened("link.up", "sends to " + link.peer, peer(link.peer));
    }

    void undialled(OutLink link, String why) {
        if (link.state() == OutLink.State.DIALLING) {
            node.counters().add(Count.DIALS_FAILED);
            drop(link, MessageType.LINK_FAILED, why);
            dead(link.peer, why);
        }
    }

    void failed(OutLink link, String why) {
        if (link.state() == OutLink.State.OPEN) {
            node.counters().add(Count.LINKS_FAILED);
            drop(link, MessageType.LINK_FAILED, why);
            ifAlone(link.peer, why);
        } else if (link.state() == OutLink.State.CLOSING) {
            drop(link, MessageType.LINK_CLOSED, why);
        }
    }

    /** The end of the stream came back. */
    void ended(OutLink link) {
        failed(link, "closed by the peer");
    }

    /** BYE came back. */
    void left(OutLink link) {
        if (link.state() == OutLink.State.OPEN) {
            link.hurry();
            leave(link);
        }
    }

    /** The link ends its message, says BYE and waits for the peer's last credit; what is sent from now on dials anew. */
    void leave(OutLink link) {
        forget(link);
        leaving.add(link);
        part(link, node.elapsedNs() + TimeUnit.MILLISECONDS.toNanos(Farewell.MOST_MS));
        link.bye();
    }

    private void part(OutLink link, long latestNs) {
        long heard = link.heard();
        long ns = TimeUnit.MILLISECONDS.toNanos(partMs) + link.delayNs();
        link.partBy(clock.after(ns, () -> node.post(() -> overdue(link, heard, latestNs))));
    }

    /** A peer that still says something still takes what it was sent. */
    private void overdue(OutLink link, long heard, long latestNs) {
        if (leaving.contains(link) && link.heard() != heard && node.elapsedNs() < latestNs) {
            part(link, latestNs);
        } else if (leaving.contains(link)) {
            drop(link, MessageType.LINK_CLOSED, "the peer did not end the link within " + partMs + " ms of BYE");
        }
    }

    private void forget(OutLink link) {
        out.remove(link.peer, link);
        leaving.remove(link);
        if (last == link) {
            last = null;
        }
    }

    private void drop(OutLink link, int type, String why) {
        forget(link);
        long lost = link.close();
        long bytes = link.lostBytes();
        node.counters().add(Count.MESSAGES_LOST, lost);
        node.counters().add(Count.BYTES_LOST, bytes);
        long taken = link.boxes().stream().mapToLong(Outbox::acknowledged).sum();
        tell(type, DOWNSTREAM, lost, bytes, taken, link.peer, why);
    }

    void joined(InLink link, Grant control) {
        in.add(link);
        obituaries.lives(link.peer);
        link.serve(control);
        tellAll(MessageType.LINK_UP, Header.params(UPSTREAM, 0), link.peer, "");
        node.happened("link.up", "receives from " + link.peer, peer(link.peer));
        if (closing) {
            link.bye(); // it was being opened when all others were asked to leave
        }
    }

    void addPort(InLink link, Grant grant) {
        link.serve(grant);
    }

    void parted(InLink link, boolean graceful, String why) {
        in.remove(link);
        link.watch.part();
        int how = graceful ? Domino.ENDED : Domino.FAILED;
        link.ports.forEach(port -> node.orphan(port, how, why));
        if (!graceful) {
            node.counters().add(Count.LINKS_FAILED);
        }
        long taken = link.ports.stream()
                .filter(port -> !port.isControl)
                .mapToLong(Port::takenMessages)
                .sum();
        tell(graceful ? MessageType.LINK_CLOSED : MessageType.LINK_FAILED, UPSTREAM, 0, 0, taken, link.peer, why);
        if (!graceful) {
            ifAlone(link.peer, why);
        }
    }

    /** A link with the peer has failed: without another one it counts as dead. */
    private void ifAlone(NodeId peer, String why) {
        OutLink link = out.get(peer);
        boolean sends = link != null && link.state() == OutLink.State.OPEN;
        if (!sends && in.stream().noneMatch(other -> other.peer.equals(peer))) {
            dead(peer, why);
        }
    }

    private void dead(NodeId peer, String why) {
        if (!closing && obituaries.isNews(peer)) {
            tellAll(MessageType.NODE_FAILED, 0, peer, why);
            node.happened("node.failed", peer + " is dead as far as can be told: " + why, peer(peer));
        }
    }

    /** From any thread: a peer broke a rule of the wire. The watcher logs, since a log may block. */
    void broken(Count kind, NodeId peer, String sentence) {
        node.counters().add(kind);
        node.happened("link.broken", sentence, peer(peer));
    }

    /** With what the receiver has taken of the data, as this side knows: both say the same where a link closed. */
    private void tell(int type, int direction, long lost, long lostBytes, long taken, NodeId peer, String why) {
        int counted = lost > Integer.MAX_VALUE ? -1 : (int) lost;
        tellAll(type, Header.params(direction, counted), peer, why);
        JsonObject detail = peer(peer);
        detail.addProperty("lost", lost);
        detail.addProperty("lostBytes", lostBytes);
        detail.addProperty("taken", taken);
        boolean failed = type == MessageType.LINK_FAILED;
        String way = direction == UPSTREAM ? "the link from " : "the link to ";
        node.happened(
                failed ? "link.failed" : "link.closed",
                way + peer + (failed ? " failed: " : " closed: ") + why,
                detail);
    }

    private void tellAll(int type, long params, NodeId peer, String sentence) {
        for (Slot slot : node.slots().all()) {
            slot.tell(Notice.about(node.self(), type, slot.application, params, peer, sentence));
        }
    }

    private static JsonObject peer(NodeId peer) {
        JsonObject detail = new JsonObject();
        detail.addProperty("peer", peer.toString());
        return detail;
    }

    Meters meters() {
        return meters;
    }

    Collection<OutLink> out() {
        return out.values();
    }

    List<InLink> in() {
        return in;
    }

    boolean isDrained() {
        for (OutLink link : out.values()) {
            if (!link.isDrained()) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return out.isEmpty() && leaving.isEmpty() && in.isEmpty();
    }

    /** Asks every upstream to leave; from now on no link is dialled. */
    void byeUpstream() {
        closing = true;
        in.forEach(InLink::bye);
    }

    /** Leaves every downstream; what was never dialled is given up. */
    void byeDownstream() {
        for (OutLink link : List.copyOf(out.values())) {
            if (link.state() == OutLink.State.OPEN) {
                link.hurry();
                leave(link);
            } else {
                drop(link, MessageType.LINK_CLOSED, "the node closed");
            }
        }
    }

    /** Drops what is left. */
    void close() {
        meters.end();
        List.copyOf(leaving).forEach(link -> drop(link, MessageType.LINK_CLOSED, "the peer did not answer BYE"));
        List.copyOf(out.values()).forEach(link -> drop(link, MessageType.LINK_CLOSED, "the node closed"));
        in.forEach(InLink::close);
    }
}
