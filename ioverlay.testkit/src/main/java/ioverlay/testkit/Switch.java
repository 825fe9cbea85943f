package ioverlay.testkit;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.LinkEmulation.Way;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The node's switch without its sockets and threads: the same order of calls, the same rules, the clock of the test. Due
 * timers go before notices, notices before messages, control before data.
 */
final class Switch {
    /** An algorithm that causes more calls than this while the clock stands still will never come to rest. */
    static final int MAX_CALLS_AT_ONCE = 100_000;

    /** Notices that wait; one more is dropped. */
    static final int MAX_NOTICES = 4096;

    private record Arrival(Upstream upstream, ArrivedMessage message) {}

    private final NodeId self;
    private final int application;
    private final Views views = new Views();
    private final StagedCall call = new StagedCall();
    private final Holds holds;
    private final Timers timers = new Timers();
    private final Agenda agenda = new Agenda();
    private final ArrayDeque<Message> notices = new ArrayDeque<>();
    private final ArrayDeque<ArrivedMessage> controls = new ArrayDeque<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<NodeId, Upstream> upstreams = new HashMap<>();
    private final OriginLane lane = new OriginLane(() -> tell(notice(MessageType.ROOM, 0, new byte[0])));
    private final Links links = new Links();
    private final Faults faults = new Faults();
    private final Exits exits;
    private final Requests requests;
    private Algorithm algorithm;
    private long nowNs;
    private long processed;
    private boolean working;

    Switch(NodeId self, int application, int holdBytes, Algorithm first) {
        this.self = self;
        this.application = application;
        this.algorithm = first;
        this.holds = new Holds(holdBytes);
        this.exits = new Exits(self, this::now);
        this.requests = new Requests(timers, links, this::answer);
    }

    /** Data or control of a neighbour or of the node itself. */
    void arrived(Message message, NodeId from) {
        requireRest();
        if (MessageType.isControl(message.type())) {
            controls.addLast(new ArrivedMessage(views, message, from, call));
        } else {
            if (!from.equals(self)) {
                links.add(Way.FROM, from);
            }
            Upstream upstream = upstreams.computeIfAbsent(from, node -> new Upstream());
            arrivals.add(new Arrival(upstream, new ArrivedMessage(views, message, from, call)));
        }
        work();
    }

    /** Everything that is due happens. */
    void work() {
        requireRest();
        working = true;
        try {
            int left = MAX_CALLS_AT_ONCE;
            while (timer() || agenda.doDue(nowNs) || told(notices) || told(controls) || data()) {
                if (--left == 0) {
                    throw new IllegalStateException("the algorithm caused " + MAX_CALLS_AT_ONCE
                            + " calls at one moment, and would go on for ever");
                }
            }
        } finally {
            working = false;
        }
    }

    private void requireRest() {
        if (working) {
            throw new IllegalStateException("a test does not steer the node from within a call of the algorithm");
        }
    }

    private boolean timer() {
        Optional<Timers.Due> due = timers.takeDue(nowNs);
        due.ifPresent(timer ->
                process(notice(MessageType.TIMER, Header.params(timer.id(), timer.missed()), new byte[0]), lane));
        return due.isPresent();
    }

    private boolean told(ArrayDeque<? extends Message> queue) {
        Message next = queue.pollFirst();
        if (next != null) {
            process(next, lane);
        }
        return next != null;
    }

    private boolean data() {
        Optional<Arrival> next = arrivals.stream()
                .filter(arrival -> !arrival.upstream.isBlocked())
                .findFirst();
        next.ifPresent(arrival -> {
            arrivals.remove(arrival);
            process(arrival.message, arrival.upstream);
        });
        return next.isPresent();
    }

    private void process(Message message, Origin origin) {
        boolean held = false;
        call.open();
        try {
            Disposition disposition = algorithm.process(message);
            call.close();
            if (call.isBroken()) {
                throw new IllegalStateException("a rule of send was broken within the call");
            }
            processed++;
            held = disposition == Disposition.HOLD;
            commit(call, origin);
        } catch (Throwable e) {
            // Plug-in boundary: as at a real node this message is lost, and the node goes on.
            call.close();
            faults.add("the algorithm threw at a message of type 0x" + Integer.toHexString(message.type()), e);
        } finally {
            call.clear();
            views.end();
        }
        if (message instanceof ArrivedMessage mine) {
            settle(mine, held);
        }
    }

    private void settle(ArrivedMessage message, boolean held) {
        if (!held) {
            if (!holds.contains(message)) {
                message.end();
            }
            return;
        }
        holds.hold(message);
        while (holds.isOverfull()) {
            ArrivedMessage oldest = holds.oldest();
            long params = Header.params(holds.count() - 1, 0);
            process(notice(MessageType.HOLD_EXPIRED, params, new byte[0]).with(oldest), lane);
            holds.release(oldest);
        }
    }

    /** Carries out everything that the call staged, in its order. */
    void commit(StagedCall staged, Origin origin) {
        staged.sends().forEach(send -> {
            if (send.to().equals(self)) {
                local(send.message(), origin);
            } else {
                leave(send.to(), send.message(), origin);
            }
        });
        Stream<Message> sources = staged.sends().stream().flatMap(send -> send.message().sources().stream());
        sources.forEach(holds::release);
        staged.released().forEach(holds::release);
    }

    private void local(Message message, Origin origin) {
        if (MessageType.isEngine(message.type())) {
            requests.handle(message, nowNs);
        } else if (MessageType.isControl(message.type())) {
            tell(kept(message));
        } else {
            leave(self, message, origin);
        }
    }

    private void leave(NodeId to, Message message, Origin origin) {
        String fault = exits.fault(to);
        if (fault.isEmpty() && !to.equals(self)) {
            links.add(Way.TO, to);
        }
        if (!fault.isEmpty()) {
            tell(about(MessageType.SEND_FAILED, message, to, fault));
        } else if (exits.offer(to, message, origin) == Exits.Fate.REFUSED) {
            tell(about(MessageType.SEND_REFUSED, message, to, "the slot's origin lane is full"));
        }
    }

    private Notice about(int type, Message message, NodeId to, String why) {
        long params = Header.params(message.type(), 0);
        return Notice.about(self, type, application, params, to, why).with(kept(message));
    }

    /** The message in memory of its own, since it will be looked at in a later call. */
    private Message kept(Message message) {
        return message instanceof ArrivedMessage ? new ArrivedMessage(views, message, message.from(), null) : message;
    }

    private void answer(long afterNs, int requestId, JsonObject answer) {
        byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
        agenda.add(nowNs + afterNs, () -> {
            requests.answered();
            tell(notice(MessageType.MEASURED, Header.params(requestId, 0), text));
        });
    }

    Notice notice(int type, long params, byte[] payload) {
        return Notice.of(self, type, application, params, payload);
    }

    /** Queues a notice or a control message of the node's own. */
    void tell(Message notice) {
        if (notices.size() < MAX_NOTICES) {
            notices.addLast(notice);
        } else {
            requests.refuse("at most " + MAX_NOTICES + " notices wait: one more was dropped");
        }
    }

    /** When something will happen next by itself. */
    OptionalLong nextNs() {
        return Stream.concat(timers.nextNs().stream(), agenda.nextNs().stream())
                .mapToLong(Long::longValue)
                .min();
    }

    void moveTo(long timeNs) {
        nowNs = timeNs;
    }

    /** Another one serves from now on; what it wanted to send before goes now. */
    void serve(Algorithm next, SlotPlace place) {
        algorithm = next;
        place.serve(call);
        place.prelude().forEach(early -> {
            commit(early, lane);
            early.clear();
        });
        views.end();
    }

    Algorithm algorithm() {
        return algorithm;
    }

    NodeId self() {
        return self;
    }

    int application() {
        return application;
    }

    long now() {
        return nowNs;
    }

    long processed() {
        return processed;
    }

    /** Data that has arrived and waits for its turn. */
    int arrivals() {
        return arrivals.size();
    }

    int timers() {
        return timers.count();
    }

    List<Message> held() {
        return holds.all();
    }

    OriginLane lane() {
        return lane;
    }

    Links links() {
        return links;
    }

    Exits exits() {
        return exits;
    }

    Requests requests() {
        return requests;
    }

    Faults faults() {
        return faults;
    }
}
