package ioverlay.testkit;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Where messages leave the node, to its neighbours and to its application: as the test wants it, with or without room. */
final class Exits {
    /** What became of a message. */
    enum Fate {
        GONE,
        WAITS,
        SKIPPED,
        REFUSED
    }

    private record Waiter(NodeId to, Message message, Origin origin) {}

    private final NodeId self;
    private final LongSupplier nowNs;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Sent> delivered = new ArrayList<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Set<NodeId> blocked = new HashSet<>();
    private final Map<NodeId, String> cutOff = new HashMap<>();

    Exits(NodeId self, LongSupplier nowNs) {
        this.self = self;
        this.nowNs = nowNs;
    }

    /** Data, which finds room, waits or is skipped; control passes always. */
    Fate offer(NodeId to, Message message, Origin origin) {
        if (MessageType.isControl(message.type()) || !blocked.contains(to)) {
            leave(to, message.copy());
            return Fate.GONE;
        }
        if (MessageType.isLive(message.type())) {
            return Fate.SKIPPED;
        }
        int bytes = Header.BYTES + message.payloadSize();
        if (!origin.admits(bytes)) {
            return Fate.REFUSED;
        }
        origin.waits(bytes);
        waiters.add(new Waiter(to, message.copy(), origin));
        return Fate.WAITS;
    }

    private void leave(NodeId to, Message copy) {
        (to.equals(self) ? delivered : sent).add(new Sent(to, copy, Duration.ofNanos(nowNs.getAsLong())));
    }

    void block(NodeId to) {
        blocked.add(to);
    }

    /** There is room again: what waited goes, in its order. */
    void unblock(NodeId to) {
        blocked.remove(to);
        takeWaiters(to).forEach(waiter -> {
            leave(to, waiter.message);
            went(waiter);
        });
    }

    /** What waited for that destination is lost. */
    void lose(NodeId to) {
        takeWaiters(to).forEach(Exits::went);
    }

    private List<Waiter> takeWaiters(NodeId to) {
        List<Waiter> mine =
                waiters.stream().filter(waiter -> waiter.to.equals(to)).toList();
        waiters.removeAll(mine);
        return mine;
    }

    private static void went(Waiter waiter) {
        waiter.origin.went(Header.BYTES + waiter.message.payloadSize());
    }

    void cutOff(NodeId to, String why) {
        cutOff.put(to, why);
    }

    void reconnect(NodeId to) {
        cutOff.remove(to);
    }

    /** Why nothing can be sent there; the empty text if it can. */
    String fault(NodeId to) {
        return cutOff.getOrDefault(to, "");
    }

    int waiting() {
        return waiters.size();
    }

    List<Sent> sent() {
        return sent;
    }

    List<Sent> delivered() {
        return delivered;
    }
}
