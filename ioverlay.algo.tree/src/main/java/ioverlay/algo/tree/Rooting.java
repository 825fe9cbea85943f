package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.Optional;

/** Who the source is: how that is made known, and what happens when it is another one. */
final class Rooting {
    private static final int MOST_HOPS = 16;

    /** So long a root that was replaced waits to be turned round; then nobody of those in between is left. */
    private static final Duration TURNED_BY_THEN = Duration.ofMillis(300);

    private final Tree tree;
    private Optional<NodeId> successor = Optional.empty();

    Rooting(Tree tree) {
        this.tree = tree;
    }

    /** The root tells all it knows (sAnnounce). */
    void announce() {
        pass(tree.id(), MOST_HOPS, tree.id());
    }

    /** The root tells the one before it, in case that the way there is broken. */
    void replace(NodeId before) {
        JsonObject body = new JsonObject();
        body.addProperty("source", tree.id().toString());
        body.addProperty("hops", 1);
        body.addProperty("instead", before.toString());
        tree.say(Word.ANNOUNCE, body, before);
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
        if (tree.isRoot() && body.has("instead") && Word.node(body, "instead").equals(tree.id())) {
            successor = Optional.of(announced);
            tree.after(Tree.ABDICATION, TURNED_BY_THEN);
        }
    }

    /** The root that was replaced looks for a parent, if none has come meanwhile. */
    void abdicate() {
        successor.filter(next -> tree.isRoot()).ifPresent(tree::giveWay);
        successor = Optional.empty();
    }

    /** The way up to the old source is turned round, so that no subtree is lost. */
    void turnUp(NodeId above, NodeId source) {
        tree.bear(new Vitals(above, 1, 0)); // until it says how it is
        JsonObject body = new JsonObject();
        body.addProperty("source", source.toString());
        tree.say(Word.TURN, body, above);
        tree.exchange.answer(above); // how it is, with that it is rooted
    }

    /** A child becomes the parent, and the parent a child. */
    void turned(JsonObject body, NodeId child) {
        NodeId source = Word.node(body, "source");
        if (tree.family.isChild(child) && !source.equals(tree.id())) {
            Optional<NodeId> above = tree.family.parent();
            tree.follow(child, source);
            above.ifPresent(old -> turnUp(old, source));
            tree.changed();
        }
    }
}
