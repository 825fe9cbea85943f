package ioverlay.observer.fleet;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Replies;
import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Roll.Registered;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Lets containers and nodes in. Who is live keeps its place: where another is there already it is asked, and the newcomer is
 * let in only if that one does not answer for {@value Trunk#PROBE_MS} ms, as after a crash; else it is told to try again.
 *
 * <p><b>Threads:</b> those of the lines; each disputed node has a virtual one for as long as the question takes.
 */
final class Admission {
    /** The most nodes whose place is disputed at a time. */
    static final int MOST_DISPUTED = 1000;

    private static final Logger LOG = System.getLogger(Admission.class.getName());

    private final FleetSettings settings;
    private final Roll roll;
    private final Trunks trunks;
    private final Consumer<Trunk> registered;
    private final Counts counts;
    private final Set<String> entering = ConcurrentHashMap.newKeySet();
    private final Semaphore disputes = new Semaphore(MOST_DISPUTED);

    /** A node that wants in, and the request that it is answered. */
    private record Newcomer(Trunk trunk, int request, NodeId node, String name) {}

    /**
     * Nobody is there.
     *
     * @param registered is told of each container of which a node has come
     */
    Admission(FleetSettings settings, Roll roll, Trunks trunks, Consumer<Trunk> registered, Counts counts) {
        this.settings = settings;
        this.roll = roll;
        this.trunks = trunks;
        this.registered = registered;
        this.counts = counts;
    }

    /**
     * A container with this id comes. Waits, {@value Trunk#PROBE_MS} ms at most, if it has a line already. If it may come in,
     * {@link #entered} follows.
     *
     * @return why it is turned away; empty if it may come in
     */
    Optional<String> enters(String container) {
        if (!entering.add(container)) {
            return Optional.of("another container '" + container + "' is coming in just now; try again");
        }
        Trunk before = trunks.get(container);
        if (before == null || !before.isThere().join()) {
            return Optional.empty();
        }
        entering.remove(container);
        counts.refused.increment();
        return Optional.of("the container '" + container + "' has a line already, of process "
                + before.opening().pid() + " at " + before.opening().host() + " since " + before.since()
                + ", and answers on it; try again");
    }

    /** It is in, or has failed to. */
    void entered(String container) {
        entering.remove(container);
    }

    /** A node registers; it is answered now, or when who has its place was asked. */
    void boot(Trunk trunk, int request, NodeId node, String name) throws IOException {
        Newcomer newcomer = new Newcomer(trunk, request, node, name);
        Registered became = roll.registers(node, name, trunk.id(), "");
        if (became != Registered.TAKEN) {
            answer(newcomer, became);
        } else if (disputes.tryAcquire()) {
            Thread.ofVirtual().name("overlay-fleet-dispute-" + node).start(() -> {
                try {
                    settle(newcomer);
                } finally {
                    disputes.release();
                }
            });
        } else {
            answer(newcomer, Registered.TAKEN);
        }
    }

    private void settle(Newcomer newcomer) {
        Trunk trunk = newcomer.trunk();
        String instead = roll.find(newcomer.node()).map(Member::home).orElse("");
        Trunk holder = trunks.get(instead);
        if (holder != null && holder.isThere().join()) {
            instead = ""; // its word counts; what it said until now, as that the node has ended, was heard
        } else if (holder != null) {
            holder.end("it does not answer, and its node " + newcomer.node() + " is in another container");
        }
        try {
            answer(newcomer, roll.registers(newcomer.node(), newcomer.name(), trunk.id(), instead));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "node {0} is not told: {1}", newcomer.node(), e.getMessage());
        }
        if (trunk.hasEnded()) {
            trunks.ifAway(trunk.id(), () -> roll.lost(trunk.id(), "it ended while its node registered"));
        }
    }

    private void answer(Newcomer newcomer, Registered became) throws IOException {
        int request = newcomer.request();
        Trunk trunk = newcomer.trunk();
        List<Frame> frames = switch (became) {
            case DONE -> Replies.result(request, hosts(newcomer.node()));
            case TOO_MANY -> Replies.refused(request, "an observer knows at most " + Roll.MOST + " nodes");
            case TAKEN ->
                Replies.refused(
                        request,
                        "node " + newcomer.node() + " is live in another container"
                                + roll.find(newcomer.node())
                                        .map(member -> ", '" + member.home() + "' as " + member.name())
                                        .orElse(""));
        };
        if (became == Registered.DONE) {
            registered.accept(trunk);
        } else {
            counts.refused.increment();
        }
        for (Frame frame : frames) {
            trunk.line().put(frame);
        }
    }

    private JsonObject hosts(NodeId of) {
        JsonArray hosts = new JsonArray();
        roll.choose(settings.bootNodes(), of).forEach(host -> hosts.add(host.toString()));
        JsonObject answer = new JsonObject();
        answer.add("nodes", hosts);
        return answer;
    }
}
