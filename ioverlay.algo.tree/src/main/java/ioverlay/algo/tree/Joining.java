package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The search for a parent: of a joiner, of an orphan, and of a node that hopes for a better one. */
final class Joining {
    private static final int MOST_ASKED = 16;

    private final Tree tree;
    private @Nullable Search search;

    Joining(Tree tree) {
        this.tree = tree;
    }

    /** Whether it looks for a parent: then nobody's walk up may pass here. */
    boolean isUnderWay() {
        return search != null;
    }

    /** Looks for a parent until there is one. */
    void look(List<NodeId> first) {
        LinkedHashSet<NodeId> candidates = new LinkedHashSet<>(tree.asks(first));
        tree.source().ifPresent(source -> {
            candidates.remove(source);
            candidates.add(source);
        });
        candidates.remove(tree.id());
        search = new Search(candidates);
        ask();
    }

    /** A few known hosts, by chance: where all are on one machine, the first to answer would be the same each time. */
    List<NodeId> anybody() {
        List<NodeId> hosts = new ArrayList<>(tree.hosts());
        Collections.shuffle(hosts, tree.chance());
        return hosts.subList(0, Math.min(MOST_ASKED, hosts.size()));
    }

    /** Asks a node whether it would be a better parent. */
    void consider(NodeId candidate, double limit) {
        if (search == null && !tree.isRoot() && tree.family.parent().isPresent()) {
            Search now = new Search(List.of());
            search = now;
            query(candidate, now, limit);
        }
    }

    void end() {
        search = null;
        tree.stop(Tree.SEARCH);
    }

    /** Who was asked will not take this node. */
    void refused(int request) {
        Search now = search;
        if (now != null && now.awaits(request)) {
            tree.after(Tree.SEARCH, now.pause());
        }
    }

    /** Who was asked is gone. */
    void gone(NodeId asked) {
        Search now = search;
        if (now != null && now.hasAsked(asked)) {
            tree.after(Tree.SEARCH, Duration.ZERO);
        }
    }

    /** No answer has come in time. */
    void due() {
        if (tree.family.parent().isPresent()) {
            search = null; // what was considered did not answer
        } else if (search != null) {
            ask();
        }
    }

    private void ask() {
        Search now = search;
        if (now == null) {
            return;
        }
        Optional<NodeId> candidate = now.next();
        if (candidate.isPresent()) {
            query(candidate.get(), now, Double.MAX_VALUE);
        } else {
            now.asked(tree.findMember(), tree.id());
            tree.source().ifPresent(now::add); // it may be back by then, and nobody else be known
            tree.after(Tree.SEARCH, now.patience());
        }
    }

    private void query(NodeId member, Search now, double limit) {
        now.asked(tree.dice(), member);
        boolean hasFamily = !tree.family.children().isEmpty();
        tree.say(Word.QUERY, new Query(tree.id(), now.request(), 0, hasFamily, limit).toJson(), member);
        tree.after(Tree.SEARCH, now.patience());
    }

    /** A member was found. */
    void found(int request, NodeId member) {
        Search now = search;
        if (now != null && now.awaits(request) && !member.equals(tree.id())) {
            query(member, now, Double.MAX_VALUE);
        }
    }

    /** Whether that was the parent that was looked for; then the search is over. */
    boolean isAnswered(int request, NodeId parent) {
        if (search == null || !search.awaits(request) || parent.equals(tree.id()) || tree.isRoot()) {
            return false;
        }
        end();
        return true;
    }
}
