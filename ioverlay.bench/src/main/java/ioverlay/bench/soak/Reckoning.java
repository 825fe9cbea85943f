package ioverlay.bench.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.bench.Steering;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds what stands still, waits or is missing in a {@link Season}.
 *
 * <p><b>Threads:</b> one.
 */
final class Reckoning {
    private static final long DRAIN_LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_MS = 100;
    private static final long SETTLE_MS = 3000;

    private final Steering steering;
    private final Grove grove;
    private final Ends ends;
    private final Deeds deeds;
    private final Set<String> findings;

    /**
     * Has found nothing so far.
     *
     * @param findings where it says what is wrong, in a sentence each
     */
    Reckoning(Steering steering, Grove grove, Ends ends, Deeds deeds, Set<String> findings) {
        this.steering = steering;
        this.grove = grove;
        this.ends = ends;
        this.deeds = deeds;
        this.findings = findings;
    }

    private ApplicationStatus sink(Leaf leaf) {
        return grove.status(leaf.name).applications().getFirst();
    }

    /** Whether all sessions still come to all leaves. */
    void look(List<Leaf> leaves, List<Killings> victims) {
        boolean allThere = victims.stream().allMatch(Killings::isReady);
        for (Leaf leaf : leaves) {
            if (leaf.isBelowVictim() && !allThere) {
                leaf.excuse();
            }
            if (leaf.isStuck(sink(leaf))) {
                findings.add("nothing has come to " + leaf.name + " of session " + leaf.session + " for 20 s");
            }
        }
    }

    /** Where nobody is killed nothing may be missing, come twice or too late. */
    void checkIntact(Leaf leaf) {
        ApplicationStatus sink = sink(leaf);
        deeds.messages += sink.consumed();
        for (String what : List.of("lost", "duplicated", "reordered")) {
            long count = Leaf.count(sink, what);
            if (count > 0 && !(leaf.isBelowVictim() && what.equals("lost"))) {
                findings.add(count + " messages " + what + " at " + leaf.name + " of session " + leaf.session);
            }
        }
    }

    /** Everybody is there, no cap holds. */
    void settle(List<Killings> victims) throws InterruptedException {
        victims.forEach(Killings::await);
        for (String node : grove.names()) {
            JsonObject change = new JsonObject();
            for (String cap : List.of("total", "in", "out")) {
                change.add(cap, JsonNull.INSTANCE);
            }
            JsonArray links = new JsonArray();
            grove.status(node).emulation().links().forEach(link -> {
                JsonObject free = new JsonObject();
                free.addProperty("to", link.peer().toString());
                free.add("bytesPerSecond", JsonNull.INSTANCE);
                free.addProperty("latencyMillis", 0);
                links.add(free);
            });
            change.add("links", links);
            steering.network().emulate(node, change);
        }
        TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
    }

    /** The sources end, and all that is under way arrives. */
    void drain() throws InterruptedException {
        for (int session = 1; session <= Grove.SESSIONS; session++) {
            steering.nodes().stop("s" + session, session);
        }
        long giveUp = System.nanoTime() + DRAIN_LIMIT_NS;
        List<String> waiting = waiting();
        while (!waiting.isEmpty() && System.nanoTime() - giveUp < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            waiting = waiting();
        }
        findings.addAll(waiting);
    }

    private List<String> waiting() {
        List<String> waiting = new ArrayList<>();
        for (String node : grove.names()) {
            NodeStatus status = grove.status(node);
            List<LinkStatus> links = new ArrayList<>(status.upstreams());
            links.addAll(status.downstreams());
            for (LinkStatus link : links) {
                if (link.queuedBytes() + link.unacknowledgedBytes() + link.delayedBytes() > 0) {
                    waiting.add("after 30 s " + link.queuedBytes() + " bytes wait and " + link.unacknowledgedBytes()
                            + " are not acknowledged between " + node + " and " + link.peer());
                }
            }
        }
        return waiting;
    }

    /** What every leaf has missed, and whether kills explain it. */
    void account(List<Leaf> leaves, List<Killings> victims) {
        leaves.forEach(this::checkIntact);
        for (int i = 0; i < victims.size(); i++) {
            Killings victim = victims.get(i);
            String id = victim.id().toString();
            long atOnce = ends.mostLostAtOnce(id);
            if (atOnce > Killings.MOST_LOST) {
                findings.add("a kill cost " + atOnce + " messages on one link, and no more than " + Killings.MOST_LOST
                        + " were in its windows");
            }
            String name = "v" + (i + 1);
            long bound = ends.lostTo(id) + victim.kills() * Killings.MOST_LOST;
            leaves.stream().filter(leaf -> leaf.name.startsWith(name + "-")).forEach(leaf -> {
                long missing = Leaf.count(sink(leaf), "lost");
                if (missing > bound) {
                    findings.add(missing + " messages are missing at " + leaf.name + " below " + name
                            + ", and no more than " + bound + " can be explained by " + victim.kills() + " kills");
                }
            });
        }
    }
}
