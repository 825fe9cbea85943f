package ioverlay.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.LinkEmulation;
import ioverlay.api.container.LinkEmulation.Way;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.Network;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.RefusedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;

/**
 * Passes on what is asked of a node's network, and writes down what is to outlive the container.
 *
 * <p><b>Threads:</b> any.
 */
final class NetworkDesk implements Network {
    private static final int MOST_SHOWN = 300;
    private static final Logger LOG = System.getLogger(NetworkDesk.class.getName());

    private final Directory directory;
    private final DesiredState desired;
    private final EventLog events;

    NetworkDesk(Directory directory, DesiredState desired, EventLog events) {
        this.directory = directory;
        this.desired = desired;
        this.events = events;
    }

    @Override
    public Emulation emulate(String name, JsonObject change) {
        return at(name, node -> emulate(node, change.deepCopy()));
    }

    private Emulation emulate(LiveNode node, JsonObject change) {
        Emulation after;
        synchronized (node) { // so that the changes are written down in the order in which they happen
            Emulation before = node.node().emulation();
            Emulation kept = kept(node, before, change);
            after = node.node().emulate(change);
            try {
                desired.emulated(node.name(), kept);
            } catch (RefusedException e) {
                takeBack(node, before, after);
                throw e;
            }
            node.command(kept);
        }
        if (!change.isEmpty()) {
            tell(node, change);
        }
        return after;
    }

    /** What commands have asked for by now: what algorithms have set is theirs, and they set it anew. */
    private static Emulation kept(LiveNode node, Emulation now, JsonObject change) {
        now.changed(change); // what is wrong in itself is refused in its own words
        try {
            return node.commanded().changed(change);
        } catch (RefusedException e) {
            throw new RefusedException(
                    "without what an algorithm has set, which is not kept over a restart, that would be wrong: "
                            + Reason.of(e),
                    e);
        }
    }

    private static void takeBack(LiveNode node, Emulation before, Emulation after) {
        try {
            node.node().emulate(back(before, after));
        } catch (RefusedException e) {
            // A link that is gone was the last change but one; it takes its emulation along.
            LOG.log(Level.WARNING, "the network of node ''{0}'' stays as it is: {1}", node.name(), Reason.of(e));
        }
    }

    /** The change that leads back. */
    private static JsonObject back(Emulation before, Emulation after) {
        JsonObject change = before.toJson();
        JsonArray links = change.getAsJsonArray("links");
        for (LinkEmulation link : after.links()) {
            if (before.links().stream()
                    .noneMatch(was -> was.way() == link.way() && was.peer().equals(link.peer()))) {
                JsonObject none = new JsonObject();
                none.addProperty(
                        link.way() == Way.TO ? "to" : "from", link.peer().toString());
                none.add("bytesPerSecond", JsonNull.INSTANCE);
                none.add("latencyMillis", JsonNull.INSTANCE);
                none.add("loss", JsonNull.INSTANCE);
                links.add(none);
            }
        }
        return change;
    }

    private void tell(LiveNode node, JsonObject change) {
        JsonObject detail = detail(node);
        detail.add("change", change);
        String text = change.toString();
        events.add(
                "network.changed",
                node.name(),
                "its emulated network changed: "
                        + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text),
                detail);
    }

    @Override
    public Measurement measure(String name, NodeId peer, boolean bandwidth) {
        return at(name, node -> node.node().measure(peer, bandwidth));
    }

    @Override
    public void weigh(String name, int application, NodeId upstream, int weight) {
        at(name, node -> {
            WeightStatus wanted = new WeightStatus(application, upstream, weight);
            synchronized (node) {
                int before = weight(node, application, upstream);
                node.node().weigh(application, upstream, weight);
                try {
                    desired.weighed(node.name(), wanted);
                } catch (RefusedException e) {
                    node.node().weigh(application, upstream, before);
                    throw e;
                }
            }
            tell(node, wanted);
            return weight;
        });
    }

    /** Which weight holds now. */
    private static int weight(LiveNode node, int application, NodeId upstream) {
        int common = 1;
        for (WeightStatus set : node.node().status().weights()) { // those of slot 0 come first
            if (set.upstream().equals(upstream)) {
                if (set.application() == application) {
                    return set.weight();
                }
                common = set.application() == 0 ? set.weight() : common;
            }
        }
        return common;
    }

    private void tell(LiveNode node, WeightStatus wanted) {
        JsonObject detail = detail(node);
        detail.addProperty("application", Integer.toUnsignedLong(wanted.application()));
        detail.addProperty("upstream", wanted.upstream().toString());
        detail.addProperty("weight", wanted.weight());
        events.add("weight.changed", node.name(), wanted.upstream() + " has the weight " + wanted.weight(), detail);
    }

    private static JsonObject detail(LiveNode node) {
        JsonObject detail = new JsonObject();
        detail.addProperty("id", node.node().id().toString());
        return detail;
    }

    private <T> T at(String name, Function<LiveNode, T> work) {
        LiveNode node = directory.require(name);
        try {
            return work.apply(node);
        } catch (IllegalStateException e) {
            // It ends meanwhile, or its turn does not come for a long time.
            throw new RefusedException("node '" + node.name() + "' does not answer: " + Reason.of(e), e);
        }
    }
}
