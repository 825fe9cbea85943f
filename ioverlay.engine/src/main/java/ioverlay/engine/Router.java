package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.counts.Count;
import ioverlay.io.memory.Slab;
import ioverlay.io.message.Call;
import ioverlay.io.message.Notice;
import ioverlay.io.message.Origin;
import ioverlay.io.message.SlabMessage;
import org.jspecify.annotations.Nullable;

/**
 * Where the sends of a call go when it has returned: to a link's queue, to a local application, to the engine itself. A
 * destination without room keeps the message waiting at its origin (the remaining destinations of the paper's section
 * 2.2); the others get it at once.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Router {
    private final Switch node;
    private final Links links;
    private final Requests requests;

    /** A built message goes into memory once, however many destinations it has. */
    private @Nullable Message lastBuilt;

    private @Nullable Slab lastSlab;

    Router(Switch node, Links links, Requests requests) {
        this.node = node;
        this.links = links;
        this.requests = requests;
    }

    /** Carries out everything that the call staged, in its order. */
    void commit(Slot slot, Origin origin, Call call) {
        for (int i = 0; i < call.sends(); i++) {
            Message message = call.message(i);
            NodeId destination = call.destination(i);
            if (destination.equals(node.self())) {
                local(slot, origin, message);
            } else {
                remote(slot, origin, message, destination);
            }
        }
        lastBuilt = null;
        lastSlab = null;
        slot.sentBytes.add(call.sentBytes());
        for (int i = 0; i < call.sends(); i++) {
            for (Message source : call.message(i).sources()) {
                slot.holds.release(source);
            }
        }
        for (SlabMessage held : call.released()) {
            slot.holds.release(held);
        }
    }

    private void local(Slot slot, Origin origin, Message message) {
        int type = message.type();
        if (MessageType.isEngine(type)) {
            requests.handle(slot, message);
        } else if (MessageType.isControl(type)) {
            slot.tell(kept(message));
        } else {
            Seat seat = node.seats().get(message.application());
            if (seat == null || seat.isOver()) {
                node.counters().add(Count.MESSAGES_UNDELIVERED);
            } else {
                place(slot, origin, message, seat.box(), node.self());
            }
        }
    }

    private void remote(Slot slot, Origin origin, Message message, NodeId destination) {
        OutLink link = links.to(destination);
        if (link == null) {
            fail(slot, message, destination, "the node closes, or has " + Links.MAX_LINKS + " links");
        } else if (message.payloadSize() > link.maxPayload()) {
            fail(
                    slot,
                    message,
                    destination,
                    destination + " takes payloads of at most " + link.maxPayload() + " bytes, not "
                            + message.payloadSize());
        } else if (MessageType.isControl(message.type())) {
            if (!link.offerControl(slab(message), at(message), bytes(message))) {
                fail(slot, message, destination, "the control queue to " + destination + " is full");
            }
        } else {
            Outbox box = link.box(message.application());
            if (box == null) {
                fail(slot, message, destination, "the link to " + destination + " carries no more applications");
            } else {
                box.feeders.add(origin);
                place(slot, origin, message, box, destination);
            }
        }
    }

    private void place(Slot slot, Origin origin, Message message, Box box, NodeId destination) {
        Slab slab = slab(message);
        int bytes = bytes(message);
        if (box.offer(slab, at(message), bytes)) {
            return;
        }
        if (MessageType.isLive(message.type())) {
            box.skip();
            node.counters().add(Count.MESSAGES_SKIPPED);
        } else if (origin.admits(bytes)) {
            box.await(slab, at(message), bytes, origin);
            if (box.hasRoom()) {
                box.admit(); // it was emptied by another thread just now
            }
        } else {
            node.counters().add(Count.SENDS_REFUSED);
            slot.tell(about(MessageType.SEND_REFUSED, slot, message, destination, "the slot's origin lane is full"));
        }
    }

    private void fail(Slot slot, Message message, NodeId destination, String why) {
        node.counters().add(Count.MESSAGES_LOST);
        node.counters().add(Count.BYTES_LOST, bytes(message));
        slot.tell(about(MessageType.SEND_FAILED, slot, message, destination, why));
    }

    private Notice about(int type, Slot slot, Message message, NodeId destination, String why) {
        long params = Header.params(message.type(), 0);
        return Notice.about(node.self(), type, slot.application, params, destination, why)
                .with(kept(message));
    }

    /** The message in memory of its own, since it will be looked at in a later call. */
    Message kept(Message message) {
        if (!(message instanceof SlabMessage mine)) {
            return message;
        }
        Slab own = Slab.onHeap(mine.bytes());
        own.buffer().put(0, mine.slab().buffer(), mine.at(), mine.bytes());
        return new SlabMessage(node.views(), own, 0, mine.from(), null);
    }

    @SuppressWarnings("ReferenceEquality") // the very same message, sent on to its next destination
    private Slab slab(Message message) {
        if (message instanceof SlabMessage mine) {
            return mine.slab();
        }
        Slab known = lastSlab;
        if (known != null && lastBuilt == message) {
            return known;
        }
        Slab slab = Slab.onHeap(bytes(message));
        message.header().write(slab.buffer(), 0);
        slab.buffer().put(Header.BYTES, message.payload(), 0, message.payloadSize());
        lastBuilt = message;
        lastSlab = slab;
        return slab;
    }

    private static int at(Message message) {
        return message instanceof SlabMessage mine ? mine.at() : 0;
    }

    private static int bytes(Message message) {
        return Header.BYTES + message.payloadSize();
    }
}
