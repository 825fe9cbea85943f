package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.message.Notice;
import ioverlay.io.message.OriginLane;
import ioverlay.io.shared.Clock;
import ioverlay.io.wire.LinkType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The end of sources (paper, the "Domino Effect"): a port whose upstream brings nothing more and whose last message was
 * taken is dead, its slot hears so; a box that only dead ports have fed says SOURCE_GONE behind its last message, at once
 * or after its slot's grace; a link of such boxes alone is left. A later send revives box and link.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Domino {
    /** How a source is gone, on the wire and in the notice. */
    static final int FAILED = 1;

    static final int ENDED = 2;

    private static final int MOST_GRACE_MS = 600_000;

    private final Switch node;
    private final Links links;
    private final Clock clock;

    Domino(Switch node, Links links, Clock clock) {
        this.node = node;
        this.links = links;
        this.clock = clock;
    }

    /** Nothing more comes out of this port. */
    void over(Port port) {
        Set<Port> ports = node.ports.all();
        if (port.orphan) {
            ports.remove(port);
        }
        if (port.dead || port.isControl) {
            return;
        }
        port.dead = true;
        if (port.arrivedBytes() > 0) {
            tell(port, (int)
                    ports.stream().filter(other -> isSource(other, port)).count());
        }
        for (Outbox box : List.copyOf(port.feeds)) {
            if (box.feeders.remove(port)) {
                dry(box, port.ending());
            }
        }
        port.feeds.clear();
    }

    /** The slot is no more: neither is what its timers and control messages fed. */
    void over(OriginLane lane) {
        for (OutLink link : links.out()) {
            for (Outbox box : link.boxes()) {
                if (box.feeders.remove(lane)) {
                    dry(box, ENDED);
                }
            }
        }
    }

    /** The algorithm sends nothing more there: the same as if all that fed the box had ended, at once. */
    void part(NodeId peer, int application) {
        for (OutLink link : links.out()) {
            for (Outbox box : link.boxes()) {
                if (link.peer.equals(peer) && box.application() == application && !box.feeders.isEmpty()) {
                    box.feeders.clear();
                    box.gone = false;
                    box.ending = ENDED;
                    link.end(box);
                }
            }
        }
    }

    /** A local application that has brought nothing yet is none. */
    private static boolean isSource(Port other, Port gone) {
        return other.application == gone.application && !other.isControl && !other.dead && other.arrivedBytes() > 0;
    }

    private void tell(Port port, int left) {
        Slot slot = node.slots().serving(port.application);
        if (slot != null) {
            long params = Header.params(port.ending(), left);
            slot.tell(Notice.about(
                    node.self(), MessageType.SOURCE_FAILED, port.application, params, port.from, port.why()));
        }
    }

    private void dry(Outbox box, int how) {
        Slot slot = node.slots().serving(box.application());
        box.gone = false;
        box.ending = how;
        box.dueNs = node.elapsedNs() + (slot == null ? 0 : slot.graceNs);
        if (slot == null || slot.graceNs == 0) {
            box.link.end(box);
        } else if (!box.graced) {
            wait(box, slot.graceNs);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // never cancelled: one per box, which sees what has become of it
    private void wait(Outbox box, long graceNs) {
        box.graced = true;
        clock.after(graceNs, () -> node.post(() -> graceOver(box)));
    }

    private void graceOver(Outbox box) {
        box.graced = false;
        long leftNs = box.dueNs - node.elapsedNs();
        if (box.feeders.isEmpty() && leftNs > 0) {
            wait(box, leftNs); // revived and dry again meanwhile
        } else {
            box.link.end(box);
        }
    }

    /** After a drain: says what can be said, and leaves the link if it serves nobody any more. */
    void proceed(OutLink link) {
        if (link.state() != OutLink.State.OPEN) {
            return;
        }
        boolean said = false;
        for (Outbox box : List.copyOf(link.ending)) {
            if (!box.feeders.isEmpty()) {
                link.ending.remove(box);
            } else if (box.isDrained()) {
                link.ending.remove(box);
                box.gone = true;
                link.say(LinkType.SOURCE_GONE, box.application(), Header.params(box.ending, 0));
                said = true;
            }
        }
        if (said && link.boxes().stream().allMatch(Outbox::isGone)) {
            links.leave(link);
        } else if (said) {
            link.drain();
        }
    }

    /** A slot's grace, from its request; a refusal, or the empty text. */
    static String grace(Slot slot, int millis) {
        if (millis < 0 || millis > MOST_GRACE_MS) {
            return "a grace is 0 to " + MOST_GRACE_MS + " ms, not " + millis;
        }
        slot.graceNs = TimeUnit.MILLISECONDS.toNanos(millis);
        return "";
    }
}
