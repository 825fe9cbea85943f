package ioverlay.bench.soak;

import ioverlay.api.container.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ends of all links of the container's nodes, as both nodes tell of them. A link that closed was gracefully ended:
 * what its sender knows to be taken is what its receiver took.
 *
 * <p><b>Threads:</b> any.
 */
final class Ends {
    private static final String FROM = "the link from ";

    private record Way(String sender, String receiver) {}

    private record End(boolean graceful, long taken, String sentence) {}

    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> killed = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<Way> upAtSender = new HashSet<>();
    private final Map<Way, Deque<End>> sent = new HashMap<>();
    private final Map<Way, Deque<End>> received = new HashMap<>();
    private final Map<String, Long> lostTo = new HashMap<>();
    private final Map<String, Long> lostAtOnce = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private long graceful;
    private long failed;
    private long undialled;

    /** A node of this container has that id. */
    synchronized void node(String name, String id) {
        ids.put(name, id);
        gone.remove(id);
    }

    /** A node begins to end: from now on it need not be there. */
    synchronized void leaves(String name) {
        gone.add(ids.getOrDefault(name, name));
    }

    /** A node of another process is one that is killed now and then. */
    synchronized void victim(String id) {
        killed.add(id);
    }

    /** Something happened. */
    synchronized void heard(Event event) {
        String self = ids.get(event.node());
        if (self == null || !event.kind().startsWith("link.") || !event.detail().has("peer")) {
            return;
        }
        String peer = event.detail().get("peer").getAsString();
        switch (event.kind()) {
            case "link.up" -> {
                if (event.sentence().startsWith("sends to ")) {
                    upAtSender.add(new Way(self, peer));
                }
            }
            case "link.failed", "link.closed" -> ended(event, self, peer);
            case "link.broken" -> {
                if (!killed.contains(peer)) {
                    findings.add("a link was broken: " + event.sentence());
                }
            }
            default -> {}
        }
    }

    private void ended(Event event, String self, String peer) {
        boolean closed = event.kind().equals("link.closed");
        End end = new End(closed, event.detail().get("taken").getAsLong(), event.node() + ": " + event.sentence());
        long lost = event.detail().get("lost").getAsLong();
        if (event.sentence().startsWith(FROM)) {
            note(received, new Way(peer, self), end);
        } else if (upAtSender.remove(new Way(self, peer))) {
            note(sent, new Way(self, peer), end);
            lostTo.merge(peer, lost, Long::sum);
            if (!closed) {
                lostAtOnce.merge(peer, lost, Math::max);
            }
        } else {
            undialled++;
            lostTo.merge(peer, lost, Long::sum);
        }
        if (!closed && !killed.contains(peer) && !gone.contains(peer) && !gone.contains(self)) {
            findings.add("a link failed between nodes that are there: " + end.sentence);
        }
        if (closed) {
            graceful++;
        } else {
            failed++;
        }
    }

    private static void note(Map<Way, Deque<End>> where, Way way, End end) {
        where.computeIfAbsent(way, key -> new ArrayDeque<>()).add(end);
    }

    /** Compares what both sides of each link said, in order; what does not agree. Call it when all links have ended. */
    synchronized List<String> disagreements() {
        List<String> all = new ArrayList<>(findings);
        sent.forEach((way, ends) -> {
            Deque<End> others = received.get(way);
            while (others != null && !ends.isEmpty() && !others.isEmpty()) {
                End one = ends.remove();
                End other = others.remove();
                if (one.graceful && other.graceful && one.taken != other.taken) {
                    all.add("a link closed with different counts, " + one.taken + " and " + other.taken + ": "
                            + one.sentence + "; " + other.sentence);
                }
            }
        });
        return all;
    }

    /** Messages given to links to a node and not acknowledged, over all its links. */
    synchronized long lostTo(String id) {
        return lostTo.getOrDefault(id, 0L);
    }

    /** The same for the one failure of an open link that cost most. */
    synchronized long mostLostAtOnce(String id) {
        return lostAtOnce.getOrDefault(id, 0L);
    }

    synchronized long graceful() {
        return graceful;
    }

    synchronized long failed() {
        return failed;
    }

    synchronized long undialled() {
        return undialled;
    }
}
