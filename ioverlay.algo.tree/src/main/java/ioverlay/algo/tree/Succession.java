package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a root gives way, so that a tree is not left without one: it stays the root until its successor, asked by itself, takes it as a
 * child; and who was the root is it again if the successor is gone soon after.
 */
final class Succession {
    /** So long a root that was replaced waits to be turned round; then nobody of those in between is left. */
    private static final Duration TURNED_BY_THEN = Duration.ofMillis(300);

    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final int MOST_QUESTIONS = 3;

    /** A successor that did not answer is asked again some time later, should it have been away. */
    private static final Duration REST = Duration.ofSeconds(3);

    private static final int MOST_RESTS = 3;

    private static final Duration WATCH = Duration.ofMillis(100);
    private static final int UNROOTED_WATCHES = 3;
    private static final long PROBATION_NS = 5_000_000_000L;

    private final Tree tree;
    private @Nullable NodeId other;
    private long otherReign;
    private boolean isAsking;
    private int request;
    private int questions;
    private int rests;
    private int unrooted;
    private long untilNs;

    Succession(Tree tree) {
        this.tree = tree;
    }

    /** Whether the root is about to become somebody's child: then nobody's walk up may end here. */
    boolean isUnderWay() {
        return isAsking && tree.isRoot();
    }

    /** At the root: that one is it now, it says. */
    void claimed(NodeId successor, long reign) {
        if (!isAsking && !other().equals(Optional.of(successor))) {
            other = successor;
            otherReign = reign;
            questions = 0;
            rests = 0;
            tree.after(Tree.ABDICATION, TURNED_BY_THEN);
        }
    }

    /** It is the root no longer, and will see whether its successor lives. */
    void gaveWay(NodeId successor) {
        end();
        other = successor;
        untilNs = tree.clock() + PROBATION_NS;
        tree.after(Tree.ABDICATION, WATCH);
    }

    /** There is nothing to be settled. */
    void end() {
        other = null;
        isAsking = false;
        questions = 0;
        unrooted = 0;
        tree.stop(Tree.ABDICATION);
    }

    /** It is time to look, or no answer has come. */
    void due() {
        NodeId successor = other;
        if (successor == null) {
            return;
        }
        if (isAsking || tree.isRoot()) {
            askOrGoOn(successor);
        } else if (tree.clock() > untilNs) {
            end();
        } else if (!tree.isRooted() && ++unrooted >= UNROOTED_WATCHES) {
            askOrGoOn(successor);
        } else {
            unrooted = tree.isRooted() ? 0 : unrooted;
            tree.after(Tree.ABDICATION, WATCH);
        }
    }

    private void askOrGoOn(NodeId successor) {
        if (questions++ < MOST_QUESTIONS) {
            isAsking = true;
            request = tree.dice();
            tree.say(Word.QUERY, new Query(tree.id(), request, 0, true, Double.MAX_VALUE).toJson(), successor);
            tree.after(Tree.ABDICATION, PATIENCE);
        } else if (!tree.isRoot()) {
            end();
            tree.takeOver();
        } else {
            isAsking = false;
            questions = 0;
            if (rests++ < MOST_RESTS) {
                tree.after(Tree.ABDICATION, REST.multipliedBy(rests));
            } else {
                end();
            }
        }
    }

    /** Whether that is the answer, from a root other than this one. */
    boolean isAnswered(int answered, NodeId parent) {
        if (!isAsking || answered != request || parent.equals(tree.id())) {
            return false;
        }
        isAsking = false;
        questions = 0;
        unrooted = 0;
        if (!tree.isRoot()) {
            tree.after(Tree.ABDICATION, WATCH);
        }
        return true;
    }

    /** Who is asked. */
    Optional<NodeId> other() {
        return Optional.ofNullable(other);
    }

    /** The number of its reign, as far as it was said. */
    long otherReign() {
        return otherReign;
    }
}
