package ioverlay.engine;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus.SessionStatus;
import ioverlay.traffic.meter.Rate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What passes through a node, by application: where it comes from and where it goes to.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Sessions {
    private static final class Session {
        final SortedSet<NodeId> upstreams = new TreeSet<>();
        final SortedSet<NodeId> downstreams = new TreeSet<>();
        Rate in = Rate.NONE;
        Rate out = Rate.NONE;
    }

    private final Map<Integer, Session> sessions = new TreeMap<>(Integer::compareUnsigned);

    private Sessions(Switch node) {
        Meters meters = node.links().meters();
        for (InLink link : node.links().in()) {
            for (Port port : link.ports) {
                if (!port.isControl && !port.dead) {
                    Session session = of(port.application);
                    session.upstreams.add(link.peer);
                    session.in = session.in.plus(meters.of(port));
                }
            }
        }
        for (OutLink link : node.links().out()) {
            for (Outbox box : link.boxes()) {
                if (box.isGone()) {
                    continue;
                }
                Session session = of(box.application());
                session.downstreams.add(link.peer);
                session.out = session.out.plus(meters.of(box));
            }
        }
        node.seats().forEach((application, seat) -> {
            if (seat.source().takenBytes() > 0) {
                of(application).upstreams.add(node.self());
            }
            if (seat.hasConsumed()) {
                of(application).downstreams.add(node.self());
            }
        });
    }

    private Session of(int application) {
        return sessions.computeIfAbsent(application, any -> new Session());
    }

    static List<SessionStatus> of(Switch node) {
        return new Sessions(node)
                .sessions.entrySet().stream()
                        .map(entry -> new SessionStatus(
                                entry.getKey(),
                                List.copyOf(entry.getValue().upstreams),
                                List.copyOf(entry.getValue().downstreams),
                                Meters.status(entry.getValue().in, entry.getValue().out)))
                        .toList();
    }
}
