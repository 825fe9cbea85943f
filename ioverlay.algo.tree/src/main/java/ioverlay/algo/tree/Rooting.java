package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.Optional;

/** Who the source is: how that is made known, and what happens when it is another one. */
final class Rooting {
    private static final int MOST_HOPS = 16;

    private final Tree tree;

    Rooting(Tree tree) {
        this.tree = tree;
    }

    /** The root tells all it knows (sAnnounce). */
    void announce() {
        pass(tree.id(), MOST_HOPS, tree.id());
    }

    private void pass(NodeId source, int hops, NodeId butNot) {
        JsonObject body = new JsonObject();
        body.addProperty("source", source.toString());
        body.addProperty("hops", hops);
        tree.hosts().stream().filter(host -> !host.equals(butNot)).forEach(host -> tree.say(Word.ANNOUNCE, body, host));
    }

    /** Somebody said who it is; that goes round once. */
    void announced(JsonObject body, NodeId from) {
        NodeId announced = Word.node(body, "source");
        int hops = Math.min(Word.number(body, "hops"), MOST_HOPS) - 1;
        tree.meet(from);
        tree.meet(announced);
        if (tree.learnSource(announced) && hops > 0) {
            pass(announced, hops, from);
        }
    }

    /** The way up to the old source is turned round, so that no subtree is lost. */
    void turnUp(NodeId above, NodeId source) {
        tree.family.bear(new Vitals(above, 1, 0)); // until it says how it is
        JsonObject body = new JsonObject();
        body.addProperty("source", source.toString());
        tree.say(Word.TURN, body, above);
    }

    /** A child becomes the parent, and the parent a child. */
    void turned(JsonObject body, NodeId child) {
        if (tree.family.isChild(child)) {
            NodeId source = Word.node(body, "source");
            Optional<NodeId> above = tree.family.parent();
            tree.follow(child, source);
            above.ifPresent(old -> turnUp(old, source));
            tree.changed();
        }
    }
}
