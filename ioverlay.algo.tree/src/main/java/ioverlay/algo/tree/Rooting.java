package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.Optional;

/** Who the source is: how that is made known, and what happens when it is another one. */
final class Rooting {
    private static final int MOST_HOPS = 16;

    private final Tree tree;
    private final Heard heard = new Heard();
    final Succession succession;

    Rooting(Tree tree) {
        this.tree = tree;
        succession = new Succession(tree);
    }

    /** The root tells all it knows (sAnnounce). */
    void announce() {
        JsonObject body = own(MOST_HOPS);
        heard.isNews(tree.id(), body, tree.clock());
        pass(body, tree.id());
    }

    /** The root tells another one, in case that the way there is broken. */
    void replace(NodeId before) {
        JsonObject body = own(1);
        body.addProperty("instead", before.toString());
        tree.say(Word.ANNOUNCE, body, before);
    }

    private JsonObject own(int hops) {
        JsonObject body = new JsonObject();
        body.addProperty("source", tree.id().toString());
        body.addProperty("hops", hops);
        body.addProperty("reign", tree.reign);
        body.addProperty("call", tree.call());
        return body;
    }

    private void pass(JsonObject body, NodeId butNot) {
        tree.hosts().stream().filter(host -> !host.equals(butNot)).forEach(host -> tree.say(Word.ANNOUNCE, body, host));
    }

    /** Somebody said who it is; that goes round once. */
    void announced(JsonObject body, NodeId from) {
        NodeId announced = Word.node(body, "source");
        int hops = Math.min(Word.number(body, "hops"), MOST_HOPS) - 1;
        boolean isFirstHand = announced.equals(from);
        if (announced.equals(tree.id()) || (hops == MOST_HOPS - 1 && !isFirstHand)) {
            return;
        }
        long reign = Word.reign(body);
        tree.meet(from);
        tree.meet(announced);
        if (tree.isRoot()
                && isFirstHand
                && body.has("instead")
                && Word.node(body, "instead").equals(tree.id())) {
            claimed(announced, reign);
        } else if (heard.isNews(announced, body, tree.clock())) {
            tree.hears(announced, reign);
            passOn(body, hops, from);
            if (tree.isRoot() && reign > 0) {
                claimed(announced, reign);
            }
        }
    }

    private void passOn(JsonObject body, int hops, NodeId from) {
        if (hops > 0 && heard.mayPass(tree.clock())) {
            JsonObject next = body.deepCopy();
            next.addProperty("hops", hops);
            next.remove("instead");
            pass(next, from);
        }
    }

    /** At the root: another one says that it is it. The later reign counts; a version that knows of none is the later one. */
    private void claimed(NodeId other, long reign) {
        tree.hears(other, reign);
        if (reign == 0 || Word.isLater(reign, other, tree.reign, tree.id())) {
            succession.claimed(other, reign);
        } else {
            replace(other);
        }
    }

    /** Somebody would take the root as a child; whether it was asked. */
    boolean isAnswered(int request, NodeId parent) {
        Optional<NodeId> successor = succession.other();
        if (!succession.isAnswered(request, parent) || successor.isEmpty()) {
            return false;
        }
        if (tree.isRoot()) {
            tree.giveWay(parent, successor.get(), succession.otherReign());
            succession.gaveWay(successor.get());
        }
        return true;
    }

    /** The way up to the old source is turned round, so that no subtree is lost. */
    void turnUp(NodeId above, NodeId source, long reign) {
        tree.bear(new Vitals(above, 1, 0)); // until it says how it is
        turn(above, source, reign);
        tree.exchange.answer(above); // how it is, with that it is rooted
    }

    private void turn(NodeId neighbour, NodeId source, long reign) {
        JsonObject body = new JsonObject();
        body.addProperty("source", source.toString());
        body.addProperty("reign", reign);
        tree.say(Word.TURN, body, neighbour);
    }

    /** A child becomes the parent, and the parent a child; unless a later source has turned this node already: then it is the child that follows. */
    void turned(JsonObject body, NodeId child) {
        NodeId source = Word.node(body, "source");
        long reign = Word.reign(body);
        if (!tree.family.isChild(child) || source.equals(tree.id())) {
            return;
        }
        Optional<NodeId> known = tree.source();
        if (reign > 0 && known.isPresent() && Word.isLater(tree.reign, known.get(), reign, source)) {
            turn(child, known.get(), tree.reign);
            return;
        }
        Optional<NodeId> above = tree.family.parent();
        boolean wasRoot = tree.isRoot();
        tree.follow(child, source, reign);
        above.ifPresent(old -> turnUp(old, source, reign));
        tree.changed();
        if (wasRoot) {
            succession.gaveWay(source);
        }
    }
}
