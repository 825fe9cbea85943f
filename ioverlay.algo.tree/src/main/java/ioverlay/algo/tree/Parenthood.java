package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.Comparator;
import java.util.Optional;

/** A member's answers to joiners. */
final class Parenthood {
    private final Tree tree;

    Parenthood(Tree tree) {
        this.tree = tree;
    }

    /** Passes the query on, or takes the joiner; who cannot do either says nothing, and the joiner asks somebody else. */
    void asked(Query query) {
        NodeId joiner = query.joiner();
        if (!tree.inSession() || joiner.equals(tree.id()) || tree.family.path().contains(joiner)) {
            refuse(joiner, query.request());
            return;
        }
        Optional<NodeId> next = query.hops() >= Query.MOST_HOPS ? Optional.empty() : tree.better(query);
        if (next.isPresent() && !next.get().equals(joiner) && !query.isChoice()) {
            tree.say(Word.QUERY, query.passedOn().toJson(), next.get());
        } else {
            take(query);
        }
    }

    private void take(Query query) {
        if (!tree.family.isChild(query.joiner()) && !tree.family.hasRoom()) {
            tree.family.vitals().stream()
                    .min(Comparator.comparingDouble(Vitals::stress))
                    .ifPresent(child -> tree.say(Word.QUERY, query.passedOn().toJson(), child.node()));
        } else if (!query.isChoice() || tree.vitals().stressWithChild() < query.limit()) {
            if (query.family() || query.isChoice()) {
                walk(query.joiner(), query.request(), tree.id());
            } else {
                acknowledge(query.joiner(), query.request(), tree.id());
            }
        }
    }

    /** Somebody below has taken a joiner that brings children: is it above? */
    void verify(JsonObject body, NodeId from) {
        if (tree.family.isChild(from)) {
            walk(Word.node(body, "joiner"), Word.number(body, "request"), Word.node(body, "parent"));
        }
    }

    /** One step of the walk up: the joiner itself, and who has no parent now or looks for another, let nobody pass. */
    private void walk(NodeId joiner, int request, NodeId parent) {
        if (joiner.equals(tree.id())
                || tree.joining.isUnderWay()
                || tree.rooting.succession.isUnderWay()
                || !tree.inSession()) {
            refuse(joiner, request);
        } else if (tree.isRoot()) {
            acknowledge(joiner, request, parent);
        } else if (tree.family.parent().isPresent()) {
            JsonObject body = new JsonObject();
            body.addProperty("joiner", joiner.toString());
            body.addProperty("request", request);
            body.addProperty("parent", parent.toString());
            tree.say(Word.VERIFY, body, tree.family.parent().get());
        }
    }

    /** The joiner need not wait until it gives up. */
    private void refuse(NodeId joiner, int request) {
        if (!joiner.equals(tree.id())) {
            JsonObject body = new JsonObject();
            body.addProperty("request", request);
            tree.say(Word.REFUSAL, body, joiner);
        }
    }

    private void acknowledge(NodeId joiner, int request, NodeId parent) {
        JsonObject body = new JsonObject();
        body.addProperty("request", request);
        body.addProperty("parent", parent.toString());
        tree.say(Word.QUERY_ACK, body, joiner);
    }
}
