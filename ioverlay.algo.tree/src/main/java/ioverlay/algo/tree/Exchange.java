package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * What goes to parent and children about the node itself. What has not changed is repeated only now and then, and a node with
 * many children waits longer before it tells them of a change: words cost the last mile that they are about.
 */
final class Exchange {
    /** Of so many exchanges one says what was said before. */
    private static final int REPETITION = 4;

    private static final Duration WAIT_PER_CHILD = Duration.ofMillis(20);

    private final Member node;
    private JsonObject up = new JsonObject();
    private JsonObject down = new JsonObject();
    private int exchanges;
    private boolean waits;

    Exchange(Member node) {
        this.node = node;
    }

    /** It is time; asks neighbours to answer, the first time, since what a predecessor heard was not carried. */
    void due() {
        boolean anyhow = exchanges++ % REPETITION == 0;
        tellParent(anyhow, exchanges == 1);
        tellChildren(anyhow, exchanges == 1);
    }

    /** There is another parent, which has heard nothing yet. */
    void anew() {
        up = new JsonObject();
    }

    /** Something is different now. */
    void changed() {
        tellParent(false, false);
        if (!waits) {
            waits = true;
            node.after(
                    Member.TELL,
                    WAIT_PER_CHILD.multipliedBy(node.family.children().size()));
        }
    }

    /** The children hear of what has changed. */
    void told() {
        waits = false;
        tellChildren(false, false);
    }

    /** One neighbour needs it now: it is new, or has asked. */
    void answer(NodeId neighbour) {
        if (node.family.isParent(neighbour)) {
            node.say(Word.STRESS, node.vitals().toJson(), neighbour);
        } else {
            node.say(Word.STRESS, node.report().toJson(), neighbour);
        }
    }

    private void tellParent(boolean anyhow, boolean asks) {
        JsonObject now = node.vitals().toJson();
        if (node.family.parent().isPresent() && (anyhow || !now.equals(up))) {
            up = now;
            say(now, asks, List.of(node.family.parent().get()));
        }
    }

    private void tellChildren(boolean anyhow, boolean asks) {
        JsonObject now = node.report().toJson();
        List<NodeId> children = node.family.children();
        if (!children.isEmpty() && (anyhow || !now.equals(down))) {
            down = now;
            say(now, asks, children);
        }
    }

    private void say(JsonObject body, boolean asks, List<NodeId> neighbours) {
        JsonObject said = body;
        if (asks) {
            said = body.deepCopy();
            said.addProperty("ask", true);
        }
        node.sayAll(Word.STRESS, said, neighbours);
    }
}
