package ioverlay.engine;

import ioverlay.api.NodeId;
import ioverlay.io.opening.Dialler;
import ioverlay.io.shared.Clock;
import ioverlay.traffic.silence.DialPace;

/**
 * Dials neighbours at a pace: an algorithm that sends again as soon as a link has failed must not dial in a hot loop.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Dials {
    private final Switch node;
    private final Links links;
    private final Dialler dialler;
    private final Clock clock;
    private final DialPace<NodeId> pace = new DialPace<>(Links.MAX_LINKS);

    Dials(Switch node, Links links, Dialler dialler, Clock clock) {
        this.node = node;
        this.links = links;
        this.dialler = dialler;
        this.clock = clock;
    }

    /** At once, or as soon as the peer may be dialled again. */
    @SuppressWarnings("FutureReturnValueIgnored") // one for each link that waits; it sees what has become of the link
    void dial(OutLink link) {
        long waitNs = pace.dial(link.peer, node.elapsedNs());
        if (waitNs == 0) {
            now(link);
        } else {
            clock.after(waitNs, () -> node.post(() -> now(link)));
        }
    }

    private void now(OutLink link) {
        if (link.state() == OutLink.State.DIALLING) {
            dialler.dial(
                    node.threads(),
                    link.peer,
                    link.hello(),
                    (channel, welcome) -> node.post(() -> links.opened(link, channel, welcome)),
                    why -> node.post(() -> links.undialled(link, why)));
        }
    }
}
