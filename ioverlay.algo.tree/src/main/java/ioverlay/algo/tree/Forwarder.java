package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How data goes through a node of a tree: from the parent, or at the root from the local source, to all children and the local application, once. */
abstract class Forwarder extends Member {
    final Sequence sequence = new Sequence();
    private final Strangers strangers = new Strangers();
    private final Eras eras = new Eras();
    private List<NodeId> receivers = List.of();
    private NodeId[] destinations = {};

    @Carried
    boolean member;

    /** Of what comes from the parent, or from the local source. */
    @Carried
    private long era;

    @Carried
    private long messages;

    @Carried
    private long bytes;

    @Carried
    private long strays;

    /** Takes data from the parent, or at the root from the local source. */
    Disposition data(Message message) {
        NodeId from = message.from();
        boolean own = from.equals(self());
        if (own ? isRoot() : family.isParent(from)) {
            if (own && sequence.hasBegunAgain(from, message.sequence())) {
                sequence.begins(from, freshEra());
            }
            passNew(message);
        } else {
            stray(from);
        }
        return Disposition.DONE;
    }

    /** A node that died and came back draws the same numbers again, but not at the same nanosecond. */
    private long freshEra() {
        return random().nextLong() ^ now();
    }

    /** The root's next message is not of the era of any before. */
    final void beginEra() {
        sequence.begins(self(), 0);
    }

    private void stray(NodeId from) {
        strays++;
        if (!from.equals(self()) && strangers.isTime(from, now())) {
            detach(from);
        }
    }

    /** What a neighbour sends from now on is of another era. It is remembered of anybody: data overtakes what makes a neighbour the parent. */
    final Disposition eraBegins(Message mark) {
        NodeId from = mark.from();
        if (!from.equals(self())) {
            eraEnds(from);
            sequence.begins(from, mark.sequence());
        }
        return Disposition.DONE;
    }

    /** What a neighbour has brought so far is all of its era. */
    void eraEnds(NodeId neighbour) {}

    /** To all children and the local application, unless it was passed on already. */
    final void passNew(Message message) {
        if (sequence.isNew(message.from(), message.sender(), message.sequence(), now())) {
            pass(message);
        }
    }

    private void pass(Message message) {
        messages++;
        bytes += Header.BYTES + message.payloadSize();
        long now = sequence.era(message.from());
        List<NodeId> untold = eras.untold(receivers, now);
        if (!untold.isEmpty()) {
            send(message(Word.ERA).sequence(now).build(), untold.toArray(NodeId[]::new));
        }
        send(message, destinations);
    }

    /** How many copies of each message go out. */
    final int copies() {
        return destinations.length;
    }

    /** Where data goes is what the family is now. */
    final void route() {
        receivers = family.children();
        eras.route(receivers);
        List<NodeId> to = new ArrayList<>(receivers);
        if (settings.deliver() && member && !isRoot()) {
            to.add(self());
        }
        for (NodeId before : destinations) {
            if (!to.contains(before) && !before.equals(self())) {
                part(before);
            }
        }
        destinations = to.toArray(NodeId[]::new);
    }

    /** A child, perhaps one that was one already, and has begun anew. */
    final void bear(Vitals child) {
        family.bear(child);
        eras.forget(child.node());
    }

    // ---- from version to version

    @Override
    public State save() {
        Optional<NodeId> above = isRoot() ? Optional.of(self()) : family.parent();
        era = above.map(sequence::era).orElse(0L);
        return super.save();
    }

    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        if (isRoot()) {
            sequence.begins(self(), era);
        }
    }

    /** The parent from before the swap. */
    final void goesOnBelow(NodeId parent) {
        sequence.begins(parent, era);
    }

    @Override
    public JsonObject status() {
        JsonObject status = super.status();
        status.addProperty("member", member || isRoot());
        status.addProperty("messages", messages);
        status.addProperty("bytes", bytes);
        status.addProperty("repeated", sequence.repeated());
        status.addProperty("strays", strays);
        return status;
    }
}
