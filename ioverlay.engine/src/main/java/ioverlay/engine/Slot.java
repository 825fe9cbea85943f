package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.State;
import ioverlay.engine.shared.Clock;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application's place in a node: who serves it, and what belongs to it whoever serves — held messages, timers, the
 * origin lane, notices that wait to be delivered.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Slot {
    /** Notices that wait; one more is dropped and counted. */
    static final int MAX_NOTICES = 4096;

    final int application;
    final Holds holds;
    final Timers timers;
    final OriginLane lane;
    final ArrayDeque<Message> notices = new ArrayDeque<>();
    final List<Port> waiting = new ArrayList<>();
    private final Switch node;
    private final Set<String> faults = new HashSet<>();
    private Candidate candidate;
    private Optional<State> kept = Optional.empty();
    private boolean roomOwed;

    /** In the switch's list of slots that have notices. */
    boolean noticed;

    long processed;
    long failed;

    Slot(Switch node, int application, Clock clock, Candidate first) {
        this.node = node;
        this.application = application;
        this.candidate = first;
        this.holds = new Holds(node.holdBytes());
        this.timers = new Timers(node, clock, this::timerDue);
        this.lane = new OriginLane(() -> {
            roomOwed = true;
            node.slots().noticed(this);
        });
    }

    private void timerDue(int id, int missed) {
        tell(Notice.of(node.self(), MessageType.TIMER, application, Header.params(id, missed), ByteBuffer.allocate(0)));
    }

    /** Queues a notice or a control message of the node's own. */
    void tell(Message notice) {
        if (notices.size() == MAX_NOTICES) {
            node.counters().add(Count.NOTICES_DROPPED);
            return;
        }
        notices.addLast(notice);
        node.slots().noticed(this);
    }

    /** The next notice; the room that was promised comes after all others. */
    Optional<Message> nextNotice() {
        Message next = notices.pollFirst();
        if (next == null && roomOwed) {
            roomOwed = false;
            next = Notice.of(node.self(), MessageType.ROOM, application, 0, ByteBuffer.allocate(0));
        }
        return Optional.ofNullable(next);
    }

    boolean hasNotices() {
        return !notices.isEmpty() || roomOwed;
    }

    Candidate candidate() {
        return candidate;
    }

    void occupy(Candidate next) {
        candidate = next;
        kept = Optional.empty();
        faults.clear();
    }

    boolean isParked() {
        return kept.isPresent();
    }

    /** What a parked slot's last occupant saved. */
    Optional<State> kept() {
        return kept;
    }

    void park(State state) {
        kept = Optional.of(state);
    }

    /** Whether this kind of fault has not been reported yet; at most some kinds are told apart. */
    boolean isNews(Throwable fault) {
        StackTraceElement[] where = fault.getStackTrace();
        String kind = fault.getClass().getName() + (where.length == 0 ? "" : " at " + where[0]);
        return faults.size() < 64 && faults.add(kind);
    }
}
