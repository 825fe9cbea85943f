package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.State;
import ioverlay.io.counts.Count;
import ioverlay.io.message.Holds;
import ioverlay.io.message.Notice;
import ioverlay.io.message.Notices;
import ioverlay.io.message.OriginLane;
import ioverlay.io.shared.Clock;
import ioverlay.io.shared.Timers;
import ioverlay.io.threads.Tally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application's place in a node: who serves it, and what belongs to it whoever serves — held messages, timers, the
 * origin lane, notices that wait to be delivered.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Slot {
    final int application;
    final Holds holds;
    final Timers timers;
    final Reports reports;
    final OriginLane lane;
    private final Notices notices = new Notices();
    final List<Port> waiting = new ArrayList<>();
    private final Switch node;
    private final Set<String> faults = new HashSet<>();
    private Candidate candidate;
    private Optional<Standby> standby = Optional.empty();
    private Optional<State> kept = Optional.empty();

    /** In the switch's list of slots that have notices. */
    boolean noticed;

    /** Who looks at its calls, if anybody does; null rather than empty since it is looked at in every call. */
    @Nullable Tap tap;

    /** What the occupant took over last. */
    State takenOver = State.empty();

    /** How long the links of a session stay whose sources are all gone. */
    long graceNs;

    long processed;
    long failed;

    /** Calls that did not end and were cancelled or left behind. */
    long stalled;

    /** Messages at which a new one failed on probation and which the old one processed instead. */
    final Tally redone = new Tally();

    /** Bytes that its calls have sent. */
    final Tally sentBytes = new Tally();

    Slot(Switch node, int application, Clock clock, Candidate first) {
        this.node = node;
        this.application = application;
        this.candidate = first;
        this.holds = new Holds(2 * node.config().bufferBytes());
        this.timers = new Timers(node::elapsedNs, node::post, clock, this::timerDue);
        this.reports = new Reports(node, clock, this);
        this.lane = new OriginLane(() -> {
            notices.owe(notice(MessageType.ROOM, 0));
            node.slots().noticed(this);
        });
    }

    /** What an event about it begins with. */
    JsonObject detail() {
        JsonObject detail = new JsonObject();
        detail.addProperty("application", Integer.toUnsignedLong(application));
        return detail;
    }

    private Notice notice(int type, long params) {
        return Notice.of(node.self(), type, application, params, ByteBuffer.allocate(0));
    }

    private void timerDue(int id, int missed) {
        tellInTime(notice(MessageType.TIMER, Header.params(id, missed)));
    }

    /** Queues the notice of a timer, which has a place of its own. */
    void tellInTime(Message notice) {
        notices.addTimer(notice);
        node.slots().noticed(this);
    }

    /** Queues a notice or a control message of the node's own. */
    void tell(Message notice) {
        if (notices.add(notice)) {
            node.slots().noticed(this);
        } else {
            node.counters().add(Count.NOTICES_DROPPED);
        }
    }

    Optional<Message> nextNotice() {
        return notices.next();
    }

    boolean hasNotices() {
        return !notices.isEmpty();
    }

    Candidate candidate() {
        return candidate;
    }

    /** Who serves from now on, and who stands by meanwhile. */
    void occupy(Candidate next, Optional<Standby> old) {
        candidate = next;
        standby = old;
        kept = Optional.empty();
        faults.clear();
        endTap();
    }

    /** Who looked at the occupant's calls has seen the last of them. */
    void endTap() {
        Tap watching = tap;
        tap = null;
        if (watching != null) {
            node.post(watching::over);
        }
    }

    /** Present while the occupant is on probation. */
    Optional<Standby> standby() {
        return standby;
    }

    void standby(Optional<Standby> old) {
        standby = old;
    }

    /** Who may try a message at which one has failed: the occupant, or who stands by; else that one itself. */
    Candidate other(Candidate failed) {
        if (isParked()) {
            return failed;
        }
        return candidate != failed
                ? candidate
                : standby.map(by -> by.old).filter(old -> !old.isLost()).orElse(failed);
    }

    /** The occupant, if the slot is not parked, and who stands by. */
    List<Candidate> instances() {
        return Stream.concat(
                        isParked() ? Stream.empty() : Stream.of(candidate),
                        standby.stream().map(by -> by.old))
                .toList();
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
